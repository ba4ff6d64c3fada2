import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Json } from "../domain/json.ts"
import { snakeCase } from "./names.ts"

/** A domain type with its JSON form: camelCase inside, snake_case on the wire. */
export type Codec<T> = Schema.Codec<T, Json>

/** A struct whose keys are snake_case on the wire; errors name the wire's keys. */
export const struct = <const F extends Schema.Struct.Fields>(fields: F) =>
  Schema.Struct(fields).pipe(Schema.encodeKeys(wireNames(fields)))

/** A field that a writer may leave out. */
export const orElse = <S extends Schema.Constraint>(field: S, value: S["Encoded"]) =>
  Schema.withDecodingDefaultKey<S>(Effect.succeed(value))(field)

/** The wire form of a value; throws where the value breaks its own type (NaN, an infinity). */
export const encode = <T>(codec: Codec<T>): ((value: T) => Json) => Schema.encodeSync(codec)

/** Reads the wire form; throws an error that names the path. Keys that are not known are dropped. */
export const decode = <T>(codec: Codec<T>): ((json: unknown) => T) => Schema.decodeUnknownSync(codec)

type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : ""

type WireNames<F> = { readonly [K in keyof F]: K extends string ? Snake<K> : K }

const wireNames = <F extends object>(fields: F): WireNames<F> =>
  Object.fromEntries(Object.keys(fields).map((key) => [key, snakeCase(key)])) as WireNames<F>

import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Domain from "../domain/json.ts"
import { snakeCase } from "./names.ts"
import type { WireCodec } from "./WireCodec.ts"

/** A domain type with its JSON form: camelCase inside, snake_case on the wire. */
export type Codec<T> = Schema.Codec<T, Domain.Json>

/** Any value of JSON, and any object: under our names, which published types may carry. */
export const Json: Codec<Domain.Json> = Schema.Json
export const JsonObject: Codec<Domain.JsonObject> = Schema.JsonObject

/** A struct whose keys are snake_case on the wire; errors name the wire's keys. */
export const struct = <const F extends Schema.Struct.Fields>(fields: F) =>
  Schema.Struct(fields).pipe(Schema.encodeKeys(wireNames(fields)))

/** A field that a writer may leave out. */
export const orElse = <S extends Schema.Constraint>(field: S, value: S["Encoded"]) =>
  Schema.withDecodingDefaultKey<S>(Effect.succeed(value))(field)

/** What a published codec is made of. */
export const schemaOf = <T>(codec: WireCodec<T>): Codec<T> => codec as Codec<T>

type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : ""

type WireNames<F> = { readonly [K in keyof F]: K extends string ? Snake<K> : K }

const wireNames = <F extends object>(fields: F): WireNames<F> =>
  Object.fromEntries(Object.keys(fields).map((key) => [key, snakeCase(key)])) as WireNames<F>

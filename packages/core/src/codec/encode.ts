import * as Schema from "effect/Schema"
import type { Json } from "../domain/json.ts"
import { schemaOf } from "./wire.ts"
import type { WireCodec } from "./WireCodec.ts"

/** The wire form of a value; throws where the value breaks its own type (NaN, an infinity). */
export const encode = <T>(codec: WireCodec<T>): ((value: T) => Json) => Schema.encodeSync(schemaOf(codec))

/** Reads the wire form; throws an error that names the path. Keys that are not known are dropped. */
export const decode = <T>(codec: WireCodec<T>): ((json: unknown) => T) => Schema.decodeUnknownSync(schemaOf(codec))

import type { Json } from "../domain/json.ts"

/**
 * Knows the JSON form of a `T`: what `encode`, `decode` and `read` take. What it is made of is the studio's own, so that
 * no published type names a library.
 */
export interface WireCodec<T> {
  readonly Type: T
  readonly Encoded: Json
}

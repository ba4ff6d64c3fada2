import type { Codec } from "../codec/wire.ts"

export const basePath = "/api/v1"

/**
 * One operation of the API. The table of these checks requests, writes the OpenAPI document and makes the client.
 *
 * `input` is all that a caller says besides the path: the query of a GET, the JSON body of the rest.
 */
export interface Route<Path extends string = string, Input = unknown, Reply extends RouteReply = RouteReply> {
  readonly method: "GET" | "POST" | "PATCH"
  /** Below `/api/v1`; a name in braces is a parameter. */
  readonly path: Path
  readonly summary: string
  readonly input: Codec<Input>
  readonly reply: Reply
  /** Rewrites older spellings of the input before it is read. */
  readonly translate?: (input: unknown) => unknown
}

export type RouteReply = JsonReply | EventsReply | FileReply

export interface JsonReply<T = unknown> {
  readonly kind: "json"
  readonly status: 200 | 201
  readonly codec: Codec<T>
}

/** Server-sent events of the type; resumes after `Last-Event-ID`. */
export interface EventsReply<T = unknown> {
  readonly kind: "events"
  readonly codec: Codec<T>
}

/** Bytes, whole or in ranges. */
export interface FileReply {
  readonly kind: "file"
}

/** Path parameters and input in one object. */
export type InputOf<R> =
  R extends Route<infer Path, infer Input> ? { readonly [K in PathNames<Path>]: string } & Input : never

/** What an operation answers; `never` for bytes. */
export type ReplyOf<R> = R extends { readonly reply: { readonly codec: Codec<infer Reply> } } ? Reply : never

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never

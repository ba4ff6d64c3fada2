import { fromWireNames, toWireNames } from "../codec/names.ts"
import type { LiveEntry } from "../domain/live.ts"
import { basePath, endpoints, type Answering, type Endpoint, type OperationId } from "./endpoints.ts"
import type { Problem } from "./problem.ts"
import type { InputOf, OutputOf, Routes } from "./routes.ts"

/** The server's refusal or failure; `problem.code` is stable, and `unreachable` where nothing answered. */
export class ApiError extends Error {
  readonly _tag = "ApiError"
  override readonly name = "ApiError"
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

export const isApiError = (error: unknown): error is ApiError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "ApiError"

export interface ClientOptions {
  /** `http://127.0.0.1:5173`; default: the page's own. */
  readonly origin?: string
  readonly token?: string
}

/** Every JSON operation as a function of one object: path parameters and input. Rejects with `ApiError`. */
export type Client = {
  readonly [Id in Answering<"json" | "created">]: (
    input: Argument<Routes[Id]>,
    options?: { readonly signal?: AbortSignal }
  ) => Promise<OutputOf<Routes[Id]>>
}

type Argument<R> = {} extends InputOf<R> ? InputOf<R> | void : InputOf<R>

/**
 * Calls the server that it came from, or another one of the same version; replies are trusted, not checked.
 *
 * @example
 * const api = createClient()
 * const run = await api.getRun({ id: "0197" })
 */
export const createClient = (options: ClientOptions = {}): Client =>
  Object.fromEntries(
    Object.entries(endpoints).map(([id, endpoint]) => [
      id,
      (input: object = {}, how: RequestInit = {}) => call(options, endpoint, input, how)
    ])
  ) as Client

/** Where a GET is, for what the browser itself fetches: event streams and files. */
export const urlOf = <Id extends OperationId>(id: Id, input: InputOf<Routes[Id]>): string => {
  const { path, rest } = place(endpoints[id], input)
  return withQuery(path, rest)
}

/** What one message of an event stream says. */
export const readLiveEntry = (data: string): LiveEntry => fromWireNames(JSON.parse(data)) as LiveEntry

const call = async (options: ClientOptions, endpoint: Endpoint, input: object, how: RequestInit) => {
  const { path, rest } = place(endpoint, input)
  const { method } = endpoint
  const response = await fetch((options.origin ?? "") + (method === "GET" ? withQuery(path, rest) : path), {
    ...how,
    method,
    headers: {
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` })
    },
    body: method === "GET" ? null : JSON.stringify(toWireNames(rest))
  }).catch(rejectUnreachable)
  const json: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(isProblem(json) ? json : silentProblem(response))
  return fromWireNames(json)
}

/** Fills the path; what is left is the input. */
const place = (endpoint: Endpoint, input: object): { readonly path: string; readonly rest: object } => {
  const fields = new Map<string, unknown>(Object.entries(input))
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields.get(name))
    fields.delete(name)
    return encodeURIComponent(value)
  })
  return { path: basePath + path, rest: Object.fromEntries(fields) }
}

const withQuery = (path: string, fields: object): string => {
  const query = new URLSearchParams(
    Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)])
  )
  return query.size === 0 ? path : `${path}?${query}`
}

const rejectUnreachable = (error: unknown): never => {
  if (typeof error === "object" && error !== null && "name" in error && error.name === "AbortError") throw error
  throw new ApiError({
    type: "about:blank",
    title: "No answer",
    status: 0,
    detail: "The studio's server does not answer.",
    code: "unreachable",
    hint: "Is `studio serve` still running?"
  })
}

const isProblem = (json: unknown): json is Problem => typeof json === "object" && json !== null && "code" in json

const silentProblem = (response: Response): Problem => ({
  type: "about:blank",
  title: response.statusText,
  status: response.status,
  detail: `The server answered ${response.status} without saying why.`,
  code: "unknown",
  hint: null
})

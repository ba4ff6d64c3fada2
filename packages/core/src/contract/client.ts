import { read } from "../codec/read.ts"
import { decode, encode } from "../codec/wire.ts"
import { Problem } from "./problem.ts"
import { basePath, type InputOf, type ReplyOf, type Route } from "./route.ts"
import { routes, type Routes, type RoutesThatReply } from "./routes.ts"

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
  readonly [K in RoutesThatReply<"json">]: (
    input: Argument<Routes[K]>,
    options?: { readonly signal?: AbortSignal }
  ) => Promise<ReplyOf<Routes[K]>>
}

type Argument<R> = {} extends InputOf<R> ? InputOf<R> | void : InputOf<R>

/**
 * @example
 * const api = createClient()
 * const run = await api.getRun({ id: "0197" })
 */
export const createClient = (options: ClientOptions = {}): Client =>
  Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [name, (input: object = {}, how = {}) => call(options, route, input, how)])
  ) as Client

/** Where a GET is, for what the browser itself fetches: event streams and files. */
export const urlOf = <K extends keyof Routes>(name: K, input: InputOf<Routes[K]>): string => {
  const { path, rest } = place(routes[name], input)
  const query = new URLSearchParams(rest)
  return query.size === 0 ? path : `${path}?${query}`
}

const call = async (options: ClientOptions, route: Route, input: object, how: { signal?: AbortSignal }) => {
  const { path, rest } = place(route, input)
  const query = route.method === "GET" ? `?${new URLSearchParams(rest)}` : ""
  const response = await fetch(`${options.origin ?? ""}${path}${query}`, {
    ...how,
    method: route.method,
    headers: {
      ...(route.method === "GET" ? {} : { "content-type": "application/json" }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` })
    },
    ...(route.method === "GET" ? {} : { body: JSON.stringify(rest) })
  }).catch(rejectUnreachable)
  const json = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(problemOf(response, json))
  return route.reply.kind === "json" ? decode(route.reply.codec)(json) : json
}

/** Fills the path and leaves the rest of the input in wire form. */
const place = (route: Route, input: object): { readonly path: string; readonly rest: Record<string, string> } => {
  const fields = new Map<string, unknown>(Object.entries(input))
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields.get(name))
    fields.delete(name)
    return encodeURIComponent(value)
  })
  return { path: basePath + path, rest: encode(route.input)(Object.fromEntries(fields)) as Record<string, string> }
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

const problemOf = (response: Response, json: unknown): Problem => {
  const problem = read(Problem)(json)
  if (problem.kind === "value") return problem.value
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} without saying why.`,
    code: "unknown",
    hint: null
  }
}

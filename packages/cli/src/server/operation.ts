import { encode, read, type Read, type ReadIssue } from "@sglang-studio/core/codec"
import {
  basePath,
  routes,
  type InputOf,
  type OperationId,
  type OutputOf,
  type Route,
  type Routes
} from "@sglang-studio/core/contract"
import type { Context, Hono } from "hono"
import { problem, problemResponse } from "./problem.ts"
import { readBody } from "./readBody.ts"

/** How an operation answers once its input has been read. */
export type Answer<Id extends OperationId> = (c: Context, input: InputOf<Routes[Id]>) => Response | Promise<Response>

/** Puts an operation of the route table on the app. */
export const mount = <Id extends OperationId>(app: Hono, id: Id, answer: Answer<Id>, base = basePath): void => {
  const route: Route = routes[id]
  const readInput = read(route.input)
  const { method, path } = route.endpoint
  app.on(method, base + path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
    const body = method === "GET" ? "" : await readBody(c.req.raw, maxBodyBytes)
    if (body === null) return problemResponse(tooLarge)
    const sent = method === "GET" ? value(c.req.query()) : parse(body)
    const input = sent.kind === "refused" ? sent : readInput(route.translate?.(sent.value) ?? sent.value)
    if (input.kind === "refused") return problemResponse(invalid(input.issues))
    return answer(c, { ...(input.value as object), ...c.req.param() } as InputOf<Routes[Id]>)
  })
}

/** Answers with what the handler returns, in wire form. */
export const json = <Id extends OperationId>(
  id: Id,
  handler: (input: InputOf<Routes[Id]>) => Promise<OutputOf<Routes[Id]>>
): Answer<Id> => {
  const route: Route = routes[id]
  const toWire = encode(route.output)
  const status = route.endpoint.reply === "created" ? 201 : 200
  const headers = { "cache-control": "no-store" }
  return async (_, input) => Response.json(toWire(await handler(input)), { status, headers })
}

/** Masks and long item lists are the largest things that people send. */
const maxBodyBytes = 32 * 1024 * 1024

const tooLarge = problem(413, "too-large", `A request may have ${maxBodyBytes / 1024 / 1024} MiB.`, {
  hint: "Split it, or put the content into a file and name the file in a suite."
})

const value = <T>(value: T): Read<T> => ({ kind: "value", value })

const parse = (text: string): Read<unknown> => {
  try {
    return value(text === "" ? {} : JSON.parse(text))
  } catch {
    return { kind: "refused", issues: [{ path: "", message: "the body is not valid JSON" }] }
  }
}

const invalid = (issues: readonly ReadIssue[]) => {
  const [first] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ""
  const detail = first === undefined ? "" : `${first.path === "" ? "" : `${first.path}: `}${first.message}${more}`
  return problem(400, "invalid-request", detail, {
    hint: "GET /api/v1/openapi.json describes every request.",
    errors: issues
  })
}

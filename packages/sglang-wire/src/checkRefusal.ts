import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import { excerpt, isObject, numberOf, textOf } from "./looseJson.ts"

/** Where a body of `/generate` stands. */
export interface Place {
  readonly isStream: boolean
  /** Tokens came before it. */
  readonly hasTokens: boolean
}

/**
 * Throws what a body that came with status 200 says went wrong. The body decides whose fault it is: SGLang PyTorch sends
 * `{error: {message, type, code}}`, or a `finish_reason` that is an abort with a `status_code`; SGLang-JAX sends
 * `{error: {message}}` for what it refuses. Once tokens came, the request had been accepted: whatever is told then is the
 * engine's failure.
 */
export const checkRefusal = (body: JsonObject, what: string, { isStream, hasTokens }: Place = inOnePiece): void => {
  const complaint = errorOf(body) ?? abortOf(body)
  if (complaint === null) return
  const { isAbort, code, said } = complaint
  const where = isAbort ? "" : ` inside the ${isStream ? "stream" : "answer"}`
  if (!hasTokens && !isEngines(complaint)) {
    throw new AdapterError({
      reason: "invalid-request",
      message: `The server ${isAbort ? "aborted" : "refused"} ${what}${where}: ${said}`,
      hint: "Correct the request as the server says."
    })
  }
  const facts = `${hasTokens ? " after its first tokens" : ""}${code === null ? "" : ` (${code})`}`
  throw new AdapterError({
    reason: "crashed",
    message: `The server ${isAbort ? "aborted" : "failed at"} ${what}${where}${facts}: ${said}`,
    hint: "Look at the server's own log: nothing in the request explains it."
  })
}

const inOnePiece: Place = { isStream: false, hasTokens: false }

interface Complaint {
  readonly isAbort: boolean
  readonly code: number | null
  readonly type: string | null
  readonly said: string
}

const errorOf = ({ error = null }: JsonObject): Complaint | null => {
  if (error === null) return null
  const { message = error, code = null, type = null }: JsonObject = isObject(error) ? error : {}
  return {
    isAbort: false,
    code: statusOf(code),
    type: textOf(type),
    said: textOf(message) ?? excerpt(JSON.stringify(error))
  }
}

const abortOf = ({ meta_info: meta }: JsonObject): Complaint | null => {
  const reason = isObject(meta) ? meta["finish_reason"] : null
  if (!isObject(reason) || reason["type"] !== "abort") return null
  return {
    isAbort: true,
    code: statusOf(reason["status_code"] ?? null),
    type: textOf(reason["err_type"]),
    said: textOf(reason["message"]) ?? "no reason given"
  }
}

/** By the status, else by the type. Telling neither, an error is a refusal of SGLang-JAX, an abort an order to the server. */
const isEngines = ({ isAbort, code, type }: Complaint): boolean => {
  if (code !== null) return code >= 500 || busy.has(code)
  return type === null ? isAbort : !/invalid|bad.?request|validation|value.?error|not.?found/i.test(type)
}

/** Timeout, too many requests: nothing in the request is wrong. */
const busy = new Set([408, 429])

const statusOf = (code: Json): number | null => {
  const status = numberOf(typeof code === "string" ? Number(code) : code)
  return status !== null && status >= 400 && status < 600 ? status : null
}

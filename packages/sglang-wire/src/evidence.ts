import { isAdapterError, type AdapterError, type Context } from "@sglang-studio/core/adapter"
import type { JsonObject } from "@sglang-studio/core/domain"
import type { Answer } from "./http.ts"
import { excerpt, isObject, parseLooseJson } from "./looseJson.ts"
import { brief, type Wire } from "./wire.ts"

/** An answer that counts: the path that gave it, and the object it gave. */
export interface Statement {
  readonly path: string
  readonly body: JsonObject
}

/** What a server said of itself; null = it has no such answer, or was not asked. */
export interface Evidence {
  readonly serverInfo: Statement | null
  readonly modelInfo: Statement | null
  readonly models: Statement | null
  /** Paths of the server's own OpenAPI document. */
  readonly openapi: Statement | null
  /** The first answer of all, as a person would see it: status, type, beginning. */
  readonly first: {
    readonly path: string
    readonly status: number
    readonly contentType: string
    readonly text: string
  }
  /** Set when the server wants an API key. */
  readonly locked: boolean
}

/** `identity`: who answers. `capabilities`: also which routes there are, a large document to ask for. */
export type Depth = "identity" | "capabilities"

/** Asks a server what it is, new endpoint names first. An `AdapterError` = it could not be asked at all. */
export const gatherEvidence = async (wire: Wire, context: Context, depth: Depth): Promise<Evidence | AdapterError> => {
  const known = lately.get(wire)
  if (depth === "identity" && known !== undefined && performance.now() - known.at < freshMs) return known.evidence
  const evidence = await askServer(wire, context, depth)
  if (!isAdapterError(evidence)) lately.set(wire, { at: performance.now(), evidence })
  return evidence
}

/** A run follows its probe on the same connection; SGLang-JAX takes a fifth of a second to say what it is. */
const lately = new WeakMap<Wire, { readonly at: number; readonly evidence: Evidence }>()
const freshMs = 2000

const askServer = async (wire: Wire, context: Context, depth: Depth): Promise<Evidence | AdapterError> => {
  try {
    const asked: { path: string; answer: Answer }[] = []
    const ask = async (...paths: readonly string[]): Promise<Statement | null> => {
      for (const path of paths) {
        const answer = await wire.http.get(path, brief(context))
        asked.push({ path, answer })
        const statement = readStatement(path, answer)
        if (statement !== null) return statement
      }
      return null
    }
    const serverInfo = await ask("/server_info", "/get_server_info")
    const models = await ask("/v1/models")
    const modelInfo = depth === "identity" ? null : await ask("/model_info", "/get_model_info")
    const openapi = depth === "identity" ? null : await ask("/openapi.json")
    const first = asked[0]
    return {
      serverInfo,
      modelInfo,
      models,
      openapi,
      first: {
        path: first?.path ?? "",
        status: first?.answer.status ?? 0,
        contentType: first?.answer.contentType ?? "",
        text: excerpt(first?.answer.text ?? "")
      },
      locked: asked.some(({ answer }) => answer.status === 401 || answer.status === 403)
    }
  } catch (cause) {
    if (isAdapterError(cause)) return cause
    throw cause
  }
}

const readStatement = (path: string, answer: Answer): Statement | null => {
  if (answer.status !== 200 || !answer.contentType.includes("json")) return null
  try {
    const { value } = parseLooseJson(answer.text, `GET ${path}`)
    return isObject(value) ? { path, body: value } : null
  } catch (cause) {
    if (isAdapterError(cause)) return null
    throw cause
  }
}

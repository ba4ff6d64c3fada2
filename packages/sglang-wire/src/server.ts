import { AdapterError, isAdapterError, type Context } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import type { SglangConfig } from "./config.ts"
import { gatherEvidence, type Evidence } from "./evidence.ts"
import { identify, nameOf, type Engine, type Identity } from "./identity.ts"
import { readLocalModel } from "./localModel.ts"
import { isObject, textOf } from "./looseJson.ts"
import type { Wire } from "./wire.ts"

/** Bounds of a server that a request must keep; null = not known. */
export interface Limits {
  /** Prompt and output together stay below it. */
  readonly contextLength: number | null
  readonly maxInputTokens: number | null
  /** Token ids of the model are below it. */
  readonly vocabulary: number | null
}

/** The engine that answers now. */
export interface Server {
  /** Name under which it serves its model. */
  readonly model: string
  readonly tokenizer: string
  readonly limits: Limits
  readonly hasTokenizer: boolean
}

/** Asks who answers and goes on only if it is `engine`; else throws `unreachable` or `not-this-engine` with the reason. */
export const requireServer = async (wire: Wire, engine: Engine, context: Context): Promise<Server> => {
  const evidence = await gatherEvidence(wire, context, "identity")
  const identity = identify(evidence)
  if (identity.kind !== "engine" || identity.engine !== engine || isAdapterError(evidence)) {
    throw notThisEngine(identity, engine, wire.config.url)
  }
  return describeServer(evidence, wire.config)
}

export const describeServer = async (evidence: Evidence, config: SglangConfig): Promise<Server> => {
  const info = evidence.serverInfo?.body ?? {}
  const local = await readLocalModel(config)
  return {
    model: served(evidence) ?? textOf(info["served_model_name"]) ?? textOf(info["model_path"]) ?? "default",
    tokenizer: textOf(info["tokenizer_path"]) ?? textOf(info["model_path"]) ?? "",
    limits: {
      contextLength: count(firstModel(evidence)?.["max_model_len"]) ?? count(info["context_length"]),
      maxInputTokens: count(info["max_req_input_len"]),
      vocabulary: local.vocabulary
    },
    hasTokenizer: info["skip_tokenizer_init"] !== true
  }
}

export const notThisEngine = (identity: Identity, engine: Engine, url: string): AdapterError => {
  switch (identity.kind) {
    case "silent":
      return identity.error
    case "locked":
      return new AdapterError({
        reason: "not-this-engine",
        message: `${url} cannot be recognised as ${engine}: ${identity.because}.`,
        hint: "Set `api_key` of this backend."
      })
    case "engine":
      return new AdapterError({
        reason: "not-this-engine",
        message: `${url} is not ${engine} because it is ${nameOf(identity)}: ${identity.because}.`,
        hint: `Use the adapter for ${identity.engine} with this address.`
      })
    case "openai-compatible":
    case "other":
      return new AdapterError({
        reason: "not-this-engine",
        message: `${url} is not ${engine} because it is ${nameOf(identity)}: ${identity.because}.`,
        hint: `Give the address of a running ${engine} server.`
      })
  }
}

const firstModel = ({ models }: Evidence): JsonObject | null => {
  const list = models?.body["data"]
  const first: Json | undefined = Array.isArray(list) ? list[0] : undefined
  return isObject(first) ? first : null
}

const served = (evidence: Evidence): string | null => textOf(firstModel(evidence)?.["id"])

const count = (value: Json | undefined): number | null => (typeof value === "number" && value > 0 ? value : null)

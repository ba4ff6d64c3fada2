import { isAdapterError, type AdapterError } from "@sglang-studio/core/adapter"
import type { JsonObject } from "@sglang-studio/core/domain"
import type { Evidence, Statement } from "./evidence.ts"
import { excerpt, isObject, textOf } from "./looseJson.ts"

export type Engine = "SGLang-JAX" | "SGLang PyTorch"

/** What kind of server answers, and why we think so. */
export type Identity =
  | { readonly kind: "engine"; readonly engine: Engine; readonly version: string | null; readonly because: string }
  | {
      readonly kind: "openai-compatible"
      readonly vendor: string
      readonly model: string | null
      readonly because: string
    }
  | { readonly kind: "locked"; readonly because: string }
  | { readonly kind: "other"; readonly what: string; readonly because: string }
  | { readonly kind: "silent"; readonly error: AdapterError; readonly because: string }

/** Settings that only one of the engines has, over the versions that we know. */
const tells: { readonly [E in Engine]: readonly string[] } = {
  "SGLang-JAX": ["precompile_token_paddings", "precompile_bs_paddings", "disable_precompile", "disable_jax_precompile"],
  "SGLang PyTorch": ["enable_torch_compile", "torchao_config", "disable_cuda_graph", "sampling_backend"]
}

/** Which engine a set of server arguments belongs to, and the arguments that tell. */
export const engineOf = (info: JsonObject): { readonly engine: Engine; readonly tells: readonly string[] } | null => {
  const jax = tells["SGLang-JAX"].filter((key) => key in info)
  const pytorch = tells["SGLang PyTorch"].filter((key) => key in info)
  if (jax.length > pytorch.length) return { engine: "SGLang-JAX", tells: jax }
  return pytorch.length > jax.length ? { engine: "SGLang PyTorch", tells: pytorch } : null
}

export const identify = (evidence: Evidence | AdapterError): Identity => {
  if (isAdapterError(evidence)) return { kind: "silent", error: evidence, because: evidence.message }
  const { serverInfo, first } = evidence
  const told = serverInfo === null ? null : engineOf(serverInfo.body)
  if (serverInfo !== null && told !== null) {
    return {
      kind: "engine",
      engine: told.engine,
      version: textOf(serverInfo.body["version"]),
      because: `GET ${serverInfo.path} lists ${told.tells.join(", ")}, which only ${told.engine} has`
    }
  }
  if (evidence.locked)
    return { kind: "locked", because: `GET ${first.path} answered ${first.status}: an API key is wanted` }
  const openai = openaiModel(evidence)
  if (openai !== null) return openai
  const shown =
    serverInfo === null
      ? `GET ${first.path} answered ${first.status} ${first.contentType}: ${first.text}`
      : `${withoutTells(serverInfo)}; its keys are ${excerpt(Object.keys(serverInfo.body).join(", "))}`
  return first.contentType.includes("html") || first.text.startsWith("<")
    ? { kind: "other", what: "a web page", because: shown }
    : { kind: "other", what: "an unknown HTTP server", because: shown }
}

/** The name by which a person knows what answers. */
export const nameOf = (identity: Identity): string => {
  switch (identity.kind) {
    case "engine":
      return identity.version === null ? identity.engine : `${identity.engine} ${identity.version}`
    case "openai-compatible":
      return `${identity.vendor} (OpenAI-compatible)`
    case "locked":
      return "a server that wants an API key"
    case "other":
      return identity.what
    case "silent":
      return "nothing"
  }
}

/** An object under the right path that fits no engine, or both as well. */
const withoutTells = ({ path, body }: Statement): string => {
  const sides = Object.entries(tells).map(([engine, keys]) => {
    const has = keys.filter((key) => key in body)
    return `${has.length === 0 ? "none" : has.join(", ")} of ${engine}'s ${keys.join(", ")}`
  })
  return `GET ${path} answered 200 with ${sides.join(" and ")}`
}

const vendors: { readonly [owner: string]: string } = {
  vllm: "vLLM",
  llamacpp: "llama.cpp",
  library: "Ollama",
  sglang: "SGLang"
}

const openaiModel = ({ models, serverInfo }: Evidence): Identity | null => {
  const list = models?.body["data"]
  if (models === null || !Array.isArray(list)) return null
  const [model] = list
  const owner = isObject(model) ? textOf(model["owned_by"]) : null
  const vendor = owner === null ? undefined : vendors[owner]
  return {
    kind: "openai-compatible",
    vendor: vendor ?? "a server",
    model: isObject(model) ? textOf(model["id"]) : null,
    because:
      `GET ${models.path} lists models${owner === null ? "" : ` owned by "${owner}"`}, but ` +
      (serverInfo === null
        ? "neither /server_info nor /get_server_info answers with SGLang's arguments"
        : withoutTells(serverInfo))
  }
}

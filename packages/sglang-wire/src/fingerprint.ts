import { makeRedactor } from "@sglang-studio/core/adapter"
import type { Fingerprint, JsonObject } from "@sglang-studio/core/domain"
import type { Engine } from "./identity.ts"
import { textOf } from "./looseJson.ts"

/** Answers of /server_info that change by themselves, or that repeat what the fingerprint says elsewhere. */
const notFlags = new Set([
  "internal_states",
  "kv_events",
  "last_gen_throughput",
  "memory_usage",
  "startup_time",
  "status",
  "version",
  "model_path",
  "tokenizer_path",
  "revision",
  "device"
])

const dtypes: { readonly [name: string]: string } = { half: "float16", float: "float32" }

export interface FingerprintSources {
  readonly engine: Engine
  readonly serverInfo: JsonObject
  readonly modelInfo: JsonObject | null
  readonly tokenizerHash: string | null
}

/** What answered, in the studio's words; secrets are taken out and unset arguments left out. */
export const fingerprintOf = (
  sources: FingerprintSources
): { fingerprint: Fingerprint; redactedNames: readonly string[] } => {
  const redactor = makeRedactor()
  const info = redactor.json(sources.serverInfo)
  const dtype = textOf(info["dtype"])
  const version = textOf(info["version"])
  const flags = Object.fromEntries(
    Object.entries(info)
      .filter(([name, value]) => value !== null && !notFlags.has(name) && !name.startsWith("_"))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
  )
  return {
    fingerprint: {
      engine: sources.engine,
      engineVersion: version,
      // Development builds carry it: "0.5.16.dev12+g0b3bb0cbe".
      commit: /\+g([0-9a-f]{7,40})/.exec(version ?? "")?.[1] ?? null,
      model: textOf(info["model_path"]) ?? textOf(sources.modelInfo?.["model_path"]),
      modelRevision: textOf(info["revision"]),
      tokenizerHash: sources.tokenizerHash,
      device: textOf(info["device"]),
      dtype: dtype === null ? null : (dtypes[dtype] ?? dtype),
      flags
    },
    redactedNames: [...redactor.found]
  }
}

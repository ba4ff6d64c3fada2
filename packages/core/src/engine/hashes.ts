import { createHash } from "node:crypto"
import type { Fingerprint } from "../domain/fingerprint.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import type { BenchmarkFlags, RunRequest } from "../domain/workload.ts"
import { isSecretName } from "../adapter/secretName.ts"
import { canonicalJson } from "../math/canonicalJson.ts"

/** `sha256:` and the hex digest of the canonical JSON (RFC 8785) of a value. */
const contentHash = (value: Json): string => `sha256:${sha256(canonicalJson(value))}`

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")

/** Hash of what was asked, with defaults expanded. Where it was sent is left out: that differs between backends. */
export const workloadHash = (request: RunRequest): string =>
  contentHash({ schema: "workload-1", ...whatWasAsked(request) })

const whatWasAsked = (request: RunRequest): JsonObject => {
  if ("score" in request) {
    // Scoring the items alone as well is a second measurement beside the asked one.
    const { oneByOne: _, mask, ...asked } = request.score
    return { score: { ...asked, mask: mask === null ? null : { ...mask } } }
  }
  if ("generate" in request) return { generate: { ...request.generate } }
  return { benchmark: { entrypoint: request.benchmark.entrypoint, set: workloadFlags(request.benchmark.set) } }
}

const workloadFlags = (set: BenchmarkFlags): JsonObject =>
  Object.fromEntries(Object.entries(set).filter(([flag]) => !connectionFlags.has(flag.replaceAll("_", "-"))))

/** Flags that say where to measure and where to write, not what. The model is part of what answered. */
const connectionFlags = new Set([
  "backend",
  "base-url",
  "host",
  "port",
  "model",
  "model-path",
  "served-model-name",
  "tokenizer",
  "tokenizer-path",
  "output-file",
  "output-details",
  "disable-tqdm"
])

/** Hash of what answered: the fingerprint without what belongs to one machine or one start. */
export const systemHash = ({ flags, model, ...fingerprint }: Fingerprint): string =>
  contentHash({
    schema: "system-1",
    ...fingerprint,
    model: model === null ? null : lastName(model),
    flags: Object.fromEntries(Object.entries(flags).filter(([name, value]) => isPortable(name, value)))
  })

const isPortable = (name: string, value: Json): boolean =>
  !/(?:^|_)(?:path|paths|dir|file|host|hostname|port|ports|url|addr|address|ip|pid|time|timestamp)$/u.test(
    name.replaceAll("-", "_")
  ) &&
  !isSecretName(name) &&
  !(typeof value === "string" && (value.startsWith("/") || value.includes("://")))

const lastName = (path: string): string =>
  path
    .split("/")
    .filter(Boolean)
    .slice(path.startsWith("/") ? -1 : 0)
    .join("/")

import type { Fingerprint } from "./fingerprint.ts"
import type { Operation } from "./operation.ts"

/** What a live backend can do now, each with the answer that it rests on. */
export interface ProbedCapability {
  readonly operation: Operation
  readonly available: boolean
  readonly evidence: string
}

export interface Probe {
  readonly reachable: boolean
  /** "SGLang-JAX 0.0.0.dev0", or "not SGLang because ..." in words. */
  readonly server: string
  /** How the kind of server was decided. */
  readonly decidedBy: string
  /** Null when nothing answers, or when what answers is not an engine of this adapter. */
  readonly fingerprint: Fingerprint | null
  readonly capabilities: readonly ProbedCapability[]
  readonly notes: readonly string[]
}

/** A configured backend as the studio lists it. */
export interface BackendInfo {
  readonly name: string
  readonly adapter: string
  readonly url: string | null
  readonly adapterMode: string | null
  /** `config`: from the config file; `added`: through the UI or `--backend`. */
  readonly origin: "config" | "added"
  readonly probe: (Probe & { readonly at: string }) | null
}

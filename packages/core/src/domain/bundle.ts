import type { Fingerprint } from "./fingerprint.ts"
import type { Json } from "./json.ts"
import type { Metrics } from "./metric.ts"
import type { Output, Provenance, ScoreResult } from "./run.ts"
import type { Sample } from "./sample.ts"
import type { TraceChunk } from "./trace.ts"
import type { Finding } from "./validity.ts"
import type { RunRequest } from "./workload.ts"

/** A succeeded run as it travels between studios: what was asked, what answered, what came out. */
export interface BundledRun {
  readonly backend: string
  readonly adapter: string
  readonly provenance: Provenance
  readonly createdAt: string
  readonly tags: readonly string[]
  readonly request: RunRequest
  readonly fingerprint: Fingerprint | null
  readonly score: ScoreResult | null
  readonly output: Output | null
  readonly metrics: Metrics
  readonly rawMetrics: Json
  readonly findings: readonly Finding[]
  readonly samples: readonly Sample[]
  /** One chunk per case. */
  readonly traces: readonly TraceChunk[]
}

/** One file of runs, plain JSON or gzip. */
export interface RunBundle {
  readonly studioBundle: 1
  readonly runs: readonly BundledRun[]
}

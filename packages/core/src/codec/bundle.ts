import * as Schema from "effect/Schema"
import type * as Domain from "../domain/bundle.ts"
import { Fingerprint } from "./fingerprint.ts"
import { Metrics } from "./metric.ts"
import { Output, Provenance, ScoreResult } from "./run.ts"
import { Sample } from "./sample.ts"
import { TraceChunk } from "./trace.ts"
import { Finding } from "./validity.ts"
import { orElse, struct, type Codec } from "./wire.ts"
import { RunRequest } from "./workload.ts"

export const BundledRun: Codec<Domain.BundledRun> = struct({
  backend: Schema.NonEmptyString,
  adapter: Schema.NonEmptyString,
  provenance: Provenance,
  createdAt: Schema.String,
  tags: orElse(Schema.Array(Schema.String), []),
  request: RunRequest,
  fingerprint: orElse(Schema.NullOr(Fingerprint), null),
  score: orElse(Schema.NullOr(ScoreResult), null),
  output: orElse(Schema.NullOr(Output), null),
  metrics: orElse(Metrics, {}),
  rawMetrics: orElse(Schema.Json, null),
  findings: orElse(Schema.Array(Finding), []),
  samples: orElse(Schema.Array(Sample), []),
  traces: orElse(Schema.Array(TraceChunk), [])
})

export const RunBundle: Codec<Domain.RunBundle> = struct({
  studioBundle: Schema.Literal(1),
  runs: Schema.Array(BundledRun)
})

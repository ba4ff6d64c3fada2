import * as Schema from "effect/Schema"
import type * as Domain from "../domain/metric.ts"
import { struct, type Codec } from "./wire.ts"

export const Metric: Codec<Domain.Metric> = struct({
  value: Schema.Finite,
  unit: Schema.String,
  definition: Schema.String
})

export const Metrics: Codec<Domain.Metrics> = Schema.Record(Schema.String, Metric)

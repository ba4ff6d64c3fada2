import * as Schema from "effect/Schema"
import { operations } from "../domain/operation.ts"
import type * as Domain from "../domain/probe.ts"
import { Fingerprint } from "./fingerprint.ts"
import { struct, type Codec } from "./wire.ts"

export const ProbedCapability: Codec<Domain.ProbedCapability> = struct({
  operation: Schema.Literals(operations),
  available: Schema.Boolean,
  evidence: Schema.String
})

const StoredProbe: Codec<Domain.Probe & { readonly at: string }> = struct({
  reachable: Schema.Boolean,
  server: Schema.String,
  decidedBy: Schema.String,
  fingerprint: Schema.NullOr(Fingerprint),
  capabilities: Schema.Array(ProbedCapability),
  notes: Schema.Array(Schema.String),
  at: Schema.String
})

export const BackendInfo: Codec<Domain.BackendInfo> = struct({
  name: Schema.String,
  adapter: Schema.String,
  url: Schema.NullOr(Schema.String),
  adapterMode: Schema.NullOr(Schema.String),
  origin: Schema.Literals(["config", "added"]),
  probe: Schema.NullOr(StoredProbe)
})

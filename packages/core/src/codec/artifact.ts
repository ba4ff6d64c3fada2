import * as Schema from "effect/Schema"
import type * as Domain from "../domain/artifact.ts"
import { struct, type Codec } from "./wire.ts"

export const ArtifactKind: Codec<Domain.ArtifactKind> = Schema.Literals([
  "log",
  "raw-result",
  "request",
  "response",
  "trace",
  "profile",
  "command",
  "other"
])

export const Artifact: Codec<Domain.Artifact> = struct({
  name: Schema.String,
  kind: ArtifactKind,
  mediaType: Schema.String,
  sizeBytes: Schema.Natural,
  sha256: Schema.String
})

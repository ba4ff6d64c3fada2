export type ArtifactKind = "log" | "raw-result" | "request" | "response" | "trace" | "profile" | "command" | "other"

/** A stored file of a run, by content hash. */
export interface Artifact {
  readonly name: string
  readonly kind: ArtifactKind
  readonly mediaType: string
  readonly sizeBytes: number
  readonly sha256: string
}

import * as Effect from "effect/Effect"
import type { Redactor } from "../adapter/redact.ts"
import type { Artifact, ArtifactKind } from "../domain/artifact.ts"
import type { RunStore } from "../store/RunStore.ts"
import { isText, redactStream } from "./redactStream.ts"

/** A file on its way into the store, for the promise side. All reject with `StoreError`. */
export interface ArtifactSink {
  write(chunk: Uint8Array): Promise<void>
  close(): Promise<Artifact>
  discard(): Promise<void>
}

interface ArtifactName {
  readonly name: string
  readonly kind: ArtifactKind
  readonly mediaType: string
}

/** Opens a stored file; texts are redacted as they are written. */
export const openArtifactSink = async (
  store: RunStore["Service"],
  redactor: Redactor,
  { name, kind, mediaType }: ArtifactName
): Promise<ArtifactSink> => {
  const file = await Effect.runPromise(store.openArtifact(name, kind, mediaType))
  const clean = isText(mediaType) ? redactStream(redactor) : null
  const write = (bytes: Uint8Array) =>
    bytes.byteLength === 0 ? Promise.resolve() : Effect.runPromise(file.write(bytes))
  return {
    write: (chunk) => write(clean === null ? chunk : clean.push(chunk)),
    close: async () => {
      // A write that failed fails the close too, which then leaves nothing behind.
      if (clean !== null) await write(clean.end()).catch(() => {})
      return Effect.runPromise(file.close)
    },
    discard: () => Effect.runPromise(file.discard)
  }
}

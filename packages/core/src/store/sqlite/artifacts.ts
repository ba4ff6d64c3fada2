import * as Effect from "effect/Effect"
import type { Artifact, ArtifactKind } from "../../domain/artifact.ts"
import { openPending } from "../ArtifactFolder.ts"
import { attemptAsync } from "./attempt.ts"
import type { Database } from "./Database.ts"
import { sql } from "./sql.ts"
import type { Write } from "./WriteQueue.ts"

/** A new artifact; the database counts its bytes once it is in its place. */
export const openArtifact = (
  db: Database,
  write: Write,
  dataDir: string,
  named: { readonly name: string; readonly kind: ArtifactKind; readonly mediaType: string }
) => {
  const attempt = attemptAsync(dataDir)
  return Effect.map(
    attempt(() => openPending(dataDir)),
    (file) => ({
      write: (bytes: Uint8Array) => attempt(() => file.write(bytes)),
      close: Effect.flatMap(
        attempt(() => file.keep()),
        ({ sha256, sizeBytes }) =>
          write((): Artifact => {
            addArtifact(db, sha256, sizeBytes)
            return { ...named, sizeBytes, sha256 }
          })
      ),
      discard: Effect.ignore(attempt(() => file.discard()))
    })
  )
}

/** Of all artifacts together. */
export const artifactBytes = (db: Database): number =>
  db.first(sql.selectFrom("artifacts").select((read) => read.fn.sum<number | null>("size_bytes").as("bytes")))?.bytes ??
  0

const addArtifact = (db: Database, sha256: string, sizeBytes: number): void => {
  const row = { sha256, size_bytes: sizeBytes }
  db.run(
    sql
      .insertInto("artifacts")
      .values(row)
      .onConflict((clash) => clash.doNothing())
  )
}

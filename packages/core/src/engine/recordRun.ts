import * as Effect from "effect/Effect"
import type { BundledRun } from "../domain/bundle.ts"
import type { Artifact, ArtifactKind } from "../domain/artifact.ts"
import type { RunLogEvent } from "../domain/event.ts"
import type { ImportNote, RunError } from "../domain/run.ts"
import { newId } from "../store/newId.ts"
import { currentOwner } from "../store/owner.ts"
import type { RunStore } from "../store/RunStore.ts"
import { sampleFindings } from "../validity/sampleFindings.ts"
import { systemHash, workloadHash } from "./hashes.ts"
import { reproduceCli } from "./reproduceCli.ts"

/** A run that was executed elsewhere. */
export interface RecordedRun extends Omit<BundledRun, "createdAt"> {
  readonly imported: ImportNote
  /** Set when it failed there. */
  readonly error: RunError | null
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** Stores a whole run at once and returns it. Everything in it must be free of secrets already. */
export const recordRun = Effect.fnUntraced(function* (store: RunStore["Service"], recorded: RecordedRun) {
  const { request, backend, adapter, provenance, imported, tags } = recorded
  // Files are the most: what does not fit is not begun.
  const artifacts = yield* Effect.forEach(recorded.files, (file) => storeFile(store, file))
  const { id } = yield* store.create(
    {
      id: newId(),
      backend,
      adapter,
      request,
      resend: null,
      workloadHash: workloadHash(request),
      provenance,
      imported,
      tags,
      reproduce: { cli: reproduceCli(backend, request), curl: null, python: null }
    },
    // As long as it is not whole it is this process's, so that a crash does not leave it unfinished.
    currentOwner()
  )
  yield* fill(store, id, recorded, artifacts).pipe(
    Effect.tapError(() =>
      Effect.ignore(store.append(id, [{ type: "status", status: "interrupted", error: brokenOff }]))
    )
  )
  return yield* store.get(id)
})

const brokenOff = { code: "interrupted", message: "The import was broken off.", hint: "Import it again." }

const fill = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  id: string,
  recorded: RecordedRun,
  artifacts: readonly Artifact[]
) {
  if (recorded.samples.length > 0) yield* store.addSamples(id, recorded.samples)
  if (recorded.traces.length > 0) yield* store.addTraces(id, recorded.traces)
  const traces = yield* store.traceHeaders(id)
  const { fingerprint, score, output, metrics, rawMetrics, error } = recorded
  yield* store.append(id, [
    { type: "status", status: "starting", error: null },
    ...(fingerprint === null ? [] : [{ type: "probed", fingerprint, systemHash: systemHash(fingerprint) } as const]),
    { type: "status", status: "running", error: null },
    ...artifacts.map((artifact): RunLogEvent => ({ type: "artifact", artifact })),
    ...traces.map((header): RunLogEvent => ({ type: "trace", header })),
    ...[...recorded.findings, ...sampleFindings(recorded, recorded.findings)].map((finding): RunLogEvent => ({
      type: "finding",
      finding
    })),
    { type: "result", score, output, metrics, rawMetrics },
    { type: "status", status: error === null ? "succeeded" : "failed", error }
  ])
})

const storeFile = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  { name, text }: RecordedRun["files"][number]
) {
  const file = yield* store.openArtifact(name, kindOf(name), name.endsWith(".json") ? "application/json" : "text/plain")
  yield* file.write(new TextEncoder().encode(text)).pipe(Effect.tapError(() => file.discard))
  return yield* file.close
})

const kindOf = (name: string): ArtifactKind => {
  if (name === "command.txt") return "command"
  if (/^(?:stdout|stderr)/u.test(name) || name.endsWith(".log")) return "log"
  return /\.jsonl?$/u.test(name) ? "raw-result" : "other"
}

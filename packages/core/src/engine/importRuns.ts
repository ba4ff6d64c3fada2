import * as Effect from "effect/Effect"
import { relative } from "node:path"
import type { Adapter, ImportedRun, ImportSource } from "../adapter/Adapter.ts"
import { isAdapterError } from "../adapter/AdapterError.ts"
import { makeRedactor, secretsInText, type Redactor } from "../adapter/redact.ts"
import { decode, RunBundle } from "../codec/index.ts"
import type { Finding } from "../domain/validity.ts"
import type { Run } from "../domain/run.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import type { RunStore } from "../store/RunStore.ts"
import { sha256 } from "./hashes.ts"
import { readImportSources } from "./readImportSources.ts"
import { recordRun, type RecordedRun } from "./recordRun.ts"
import { secretRedacted } from "./secretRedacted.ts"
import type { ImportReport } from "./Studio.ts"
import { StudioError } from "./StudioError.ts"

type Skipped = ImportReport["skipped"][number]

/** A run as some reader found it, with what tells it from every other. */
interface Candidate {
  readonly line: number | null
  readonly identity: string
  readonly run: Omit<RecordedRun, "imported" | "files">
}

/** Reads foreign files through the adapters' importers, and bundles of other studios. */
export const importRuns = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  adapters: readonly Adapter[],
  paths: readonly string[]
) {
  const runs: Run[] = []
  const skipped: Skipped[] = []
  for (const given of paths) {
    const found = yield* Effect.tryPromise({ try: () => readImportSources(given), catch: toStudioError })
    for (const item of found) {
      if (item._tag === "skipped") {
        skipped.push({ path: item.path, line: item.line, reason: item.reason })
        continue
      }
      const { source, redactor } = withoutSecrets(item.source)
      for (const candidate of readCandidates(source, adapters)) {
        if ("reason" in candidate) {
          skipped.push({ path: item.path, ...candidate })
          continue
        }
        const hash = sha256(candidate.identity)
        if ((yield* store.importedAs(hash)) !== null) {
          skipped.push({ path: item.path, line: candidate.line, reason: "duplicate" })
          continue
        }
        const from = relative(given, item.path) || source.name
        runs.push(
          yield* recordRun(store, {
            ...candidate.run,
            findings: [...candidate.run.findings, ...secretFinding(redactor, candidate.run.findings)],
            imported: { from, at: new Date().toISOString(), sha256: hash },
            files: isBundle(source) ? [] : source.files
          })
        )
      }
    }
  }
  return { runs, skipped } satisfies ImportReport
})

/** Takes secrets out of every file, those of one file out of the others too. */
const withoutSecrets = (source: ImportSource): { readonly source: ImportSource; readonly redactor: Redactor } => {
  const redactor = makeRedactor(source.files.flatMap(({ text }) => secretsInText(text)))
  const files = source.files.map(({ name, text }) => ({ name, text: redactor.text(text) }))
  return { source: { name: source.name, files }, redactor }
}

const secretFinding = ({ found }: Redactor, told: readonly Finding[]): readonly Finding[] =>
  found.size === 0 || told.some(({ code }) => code === "secret-redacted") ? [] : [secretRedacted([...found])]

const readCandidates = (
  source: ImportSource,
  adapters: readonly Adapter[]
): readonly (Candidate | Pick<Skipped, "line" | "reason">)[] => {
  if (isBundle(source)) return readBundle(source)
  for (const adapter of adapters) {
    for (const importer of adapter.importers ?? []) {
      try {
        const read = importer.read(source)
        if (read === null) continue
        return read.map((run) =>
          "skipped" in run ? { line: run.line, reason: run.skipped } : candidateOf(run, adapter.name)
        )
      } catch (thrown) {
        return [
          {
            line: null,
            reason: isAdapterError(thrown) ? thrown.message : `the importer ${importer.name} broke: ${String(thrown)}`
          }
        ]
      }
    }
  }
  return [{ line: null, reason: "no adapter recognises it" }]
}

const candidateOf = (imported: ImportedRun, adapter: string): Candidate => ({
  line: imported.line,
  identity: imported.identity,
  run: {
    backend: adapter,
    adapter,
    provenance: imported.provenance ?? "unknown",
    tags: [],
    request: { benchmark: imported.request },
    fingerprint: imported.fingerprint,
    score: null,
    output: null,
    metrics: imported.result.metrics,
    rawMetrics: imported.result.raw,
    findings: imported.findings,
    samples: imported.samples,
    traces: [],
    error: imported.error
  }
})

const isBundle = ({ files }: ImportSource): boolean =>
  files.length === 1 && /^\s*\{\s*"studio_bundle"/u.test(files[0]?.text.slice(0, 200) ?? "")

const readBundle = ({ files }: ImportSource): readonly (Candidate | Pick<Skipped, "line" | "reason">)[] => {
  try {
    return decode(RunBundle)(JSON.parse(files[0]?.text ?? "")).runs.map((bundled): Candidate => {
      const { createdAt: _, ...run } = bundled
      return { line: null, identity: canonicalJson(bundled), run: { ...run, error: null } }
    })
  } catch (error) {
    return [{ line: null, reason: `the bundle cannot be read: ${String(error)}` }]
  }
}

const toStudioError = (error: unknown): StudioError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "StudioError"
    ? (error as StudioError)
    : new StudioError({ code: "io", message: String(error), cause: error })

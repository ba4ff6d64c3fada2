import * as Effect from "effect/Effect"
import { basename, relative } from "node:path"
import type { Adapter, ImportedRun, Importer, ImportSource } from "../adapter/Adapter.ts"
import { isAdapterError } from "../adapter/AdapterError.ts"
import { makeRedactor, secretsInText, type Redactor } from "../adapter/redact.ts"
import { RunBundle } from "../codec/bundle.ts"
import { decode } from "../codec/encode.ts"
import type { Finding } from "../domain/validity.ts"
import type { Run } from "../domain/run.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import type { RunStore } from "../store/RunStore.ts"
import { sha256 } from "./hashes.ts"
import { findImportSources, readImportSource, type Found } from "./readImportSources.ts"
import { recordRun, type RecordedRun } from "./recordRun.ts"
import { secretRedacted } from "./secretRedacted.ts"
import type { ImportReport } from "./RunOptions.ts"
import { StudioError } from "./StudioError.ts"

type Skipped = ImportReport["skipped"][number]

/** A run as some reader found it, with what tells it from every other. */
interface Candidate {
  readonly line: number | null
  readonly identity: string
  readonly run: Omit<RecordedRun, "imported" | "files">
}

/** Reads foreign files through the adapters' importers, and bundles of other studios. The same content is taken once. */
export const importRuns = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  adapters: readonly Adapter[],
  paths: readonly string[]
) {
  // All paths are looked at before anything is stored, and one source at a time is held in memory.
  const found = yield* Effect.forEach(paths, (given) =>
    Effect.map(Effect.tryPromise({ try: () => findImportSources(given), catch: toStudioError }), (sources) =>
      sources.map((source) => ({ given, source }))
    )
  )
  const outcomes = yield* Effect.forEach(found.flat(), ({ given, source }) =>
    importFound(store, adapters, source, relative(given, source.path) || basename(source.path))
  )
  const runs = outcomes.flat().filter((outcome) => "id" in outcome)
  const skipped = outcomes.flat().filter((outcome) => "reason" in outcome)
  return { runs, skipped } satisfies ImportReport
})

type Outcome = Run | Skipped

const importFound = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  adapters: readonly Adapter[],
  found: Found,
  from: string
) {
  const { path } = found
  const read = yield* Effect.promise(() => readImportSource(found))
  if ("reason" in read) return [{ path, line: null, reason: read.reason }] satisfies readonly Outcome[]
  const { source, redactor } = withoutSecrets(read)
  const outcomes: Outcome[] = []
  for (const candidate of readCandidates(source, adapters)) {
    if ("reason" in candidate) {
      outcomes.push({ path, ...candidate })
      continue
    }
    const { line, identity, run } = candidate
    const hash = sha256(identity)
    if ((yield* store.importedAs(hash)) !== null) {
      outcomes.push({ path, line, reason: "duplicate" })
      continue
    }
    const recorded: RecordedRun = {
      ...run,
      findings: [...run.findings, ...secretFinding(redactor, run.findings)],
      imported: { from, at: new Date().toISOString(), sha256: hash },
      files: isBundle(source) ? [] : source.files
    }
    outcomes.push(yield* recordRun(store, recorded))
  }
  return outcomes
})

/** Takes secrets out of every file, those of one file out of the others too. */
const withoutSecrets = (source: ImportSource): { readonly source: ImportSource; readonly redactor: Redactor } => {
  const redactor = makeRedactor(source.files.flatMap(({ text }) => secretsInText(text)))
  const files = source.files.map(({ name, text }) => ({ name, text: redactor.text(text) }))
  return { source: { name: source.name, files }, redactor }
}

const secretFinding = ({ found }: Redactor, told: readonly Finding[]): readonly Finding[] =>
  found.size === 0 || told.some(({ code }) => code === "secret-redacted") ? [] : [secretRedacted([...found])]

type Read = Candidate | Pick<Skipped, "line" | "reason">

/** Every importer reads what is its own; what an earlier one took, a line or the whole, the next ones leave. */
const readCandidates = (source: ImportSource, adapters: readonly Adapter[]): readonly Read[] => {
  if (isBundle(source)) return readBundle(source)
  const reads: Read[] = []
  for (const adapter of adapters) {
    for (const importer of adapter.importers ?? []) {
      const taken = new Set(reads.map(({ line }) => line))
      if (taken.has(null)) return reads
      reads.push(...readWith(importer, adapter, source).filter(({ line }) => !taken.has(line)))
    }
  }
  if (reads.length === 0) return [{ line: null, reason: "no adapter recognises it" }]
  return reads.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

const readWith = (importer: Importer, { name }: Adapter, source: ImportSource): readonly Read[] => {
  try {
    const read = importer.read(source) ?? []
    return read.map((run) => ("skipped" in run ? { line: run.line, reason: run.skipped } : candidateOf(run, name)))
  } catch (thrown) {
    const reason = isAdapterError(thrown) ? thrown.message : `the importer ${importer.name} broke: ${String(thrown)}`
    return [{ line: null, reason }]
  }
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

const readBundle = ({ files }: ImportSource): readonly Read[] => {
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

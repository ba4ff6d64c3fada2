import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { Artifact, ArtifactKind } from "../../domain/artifact.ts"
import { artifactPath, openPending, removeAbandoned } from "../ArtifactFolder.ts"
import { RunStore } from "../RunStore.ts"
import type { StoreError } from "../StoreError.ts"
import { listBackends, readProbe, saveBackend, saveProbe } from "./backends.ts"
import { findComparison, listComparisons, saveComparison } from "./comparisons.ts"
import type { Database } from "./Database.ts"
import { lastSeq, readLog } from "./eventLog.ts"
import { cancelRequests, interruptOrphans, requestCancel } from "./inFlight.ts"
import { listRuns } from "./listRuns.ts"
import { openFile } from "./openFile.ts"
import { findRun, getRun, importedAs } from "./readRuns.ts"
import { addSamples, readSamples } from "./samples.ts"
import { storeFailure } from "./storeFailure.ts"
import { appendEvents, createRun } from "./writeRuns.ts"
import { makeWriteQueue, type Write } from "./WriteQueue.ts"
import { addTrace, traceColumns, traceHeaders, traceSlice } from "./traces.ts"
import { sql } from "./sql.ts"

/** The run store in a data folder; see `openRunStore`. */
export const layerSqlite = (dataDir: string): Layer.Layer<RunStore, StoreError> =>
  Layer.effect(RunStore, openRunStore(dataDir))

/**
 * Opens a data folder, making it when it is not there, until the scope closes. `":memory:"` is a private temporary
 * folder that is removed on close.
 *
 * Fails with `StoreError` `corrupt`, `newer-version`, `busy`, `full` or `io`; a refused database is left as it was.
 */
export const openRunStore = (dataDir: string): Effect.Effect<RunStore["Service"], StoreError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const folder = resolveFolder(dataDir)
      const attempt = attempting(folder.path)
      return attempt(() => {
        for (const name of ["artifacts", "tmp"]) mkdirSync(join(folder.path, name), { recursive: true })
        return openFile(join(folder.path, "studio.db"))
      }).pipe(
        Effect.map((db) => runStore(folder, db)),
        Effect.tap(() => Effect.ignore(attemptAsync(folder.path)(() => removeAbandoned(folder.path))))
      )
    }),
    (store) => store.close
  )

interface Folder {
  readonly path: string
  readonly isPrivate: boolean
}

const resolveFolder = (dataDir: string): Folder =>
  dataDir === ":memory:"
    ? { path: mkdtempSync(join(tmpdir(), "sglang-studio-")), isPrivate: true }
    : { path: resolve(dataDir), isPrivate: false }

const runStore = (folder: Folder, db: Database): RunStore["Service"] => {
  const dataDir = folder.path
  const read = attempting(dataDir)
  const { write, flush } = makeWriteQueue(db, storeFailure(dataDir))
  // The time is taken under the write lock, so that the order of creation is the order of time.
  const writeAt = <A>(run: (at: string) => A) =>
    Clock.clockWith((clock) => write(() => run(new Date(clock.currentTimeMillisUnsafe()).toISOString())))
  return {
    dataDir,
    create: (seed, owner) => writeAt((at) => createRun(db, seed, owner, at)),
    append: (runId, events) => writeAt((at) => appendEvents(db, runId, events, at)),
    get: (runId) => read(() => getRun(db, runId)),
    find: (idOrPrefix) => read(() => findRun(db, idOrPrefix)),
    list: (query) => read(() => listRuns(db, query)),
    entries: (query) => read(() => readLog(db, query)),
    lastSeq: read(() => lastSeq(db)),
    dataVersion: read(() => dataVersion(db)),
    importedAs: (sha256) => read(() => importedAs(db, sha256)),
    addSamples: (runId, samples) => write(() => addSamples(db, runId, samples)),
    samples: (runId) => read(() => readSamples(db, runId)),
    addTrace: (runId, chunk) => write(() => addTrace(db, runId, chunk)),
    traceHeaders: (runId) => read(() => traceHeaders(db, runId)),
    traceSlice: (runId, query) => read(() => traceSlice(db, runId, query)),
    traceColumns: (runId, traceCase) => read(() => traceColumns(db, runId, traceCase)),
    openArtifact: (name, kind, mediaType) => openArtifact(db, write, dataDir, { name, kind, mediaType }),
    artifactPath: (sha256) => artifactPath(dataDir, sha256),
    saveComparison: (comparison) => write(() => saveComparison(db, comparison)),
    comparison: (idOrPrefix) => read(() => findComparison(db, idOrPrefix)),
    comparisons: (limit) => read(() => listComparisons(db, limit)),
    saveBackend: (name, config) => write(() => saveBackend(db, name, config)),
    backends: read(() => listBackends(db)),
    saveProbe: (name, probe) => write(() => saveProbe(db, name, probe)),
    probe: (name) => read(() => readProbe(db, name)),
    interruptOrphans: writeAt((at) => interruptOrphans(db, at)),
    requestCancel: (runId) => write(() => requestCancel(db, runId)),
    cancelRequests: (owner) => read(() => cancelRequests(db, owner)),
    status: read(() => storeStatus(db, dataDir)),
    close: Effect.sync(() => {
      flush()
      db.raw.close()
      if (folder.isPrivate) rmSync(dataDir, { recursive: true, force: true })
    })
  }
}

const openArtifact = (
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

const addArtifact = (db: Database, sha256: string, sizeBytes: number): void => {
  const row = { sha256, size_bytes: sizeBytes }
  db.run(
    sql
      .insertInto("artifacts")
      .values(row)
      .onConflict((clash) => clash.doNothing())
  )
}

/** Other connections' commits show in `data_version`, our own in `total_changes`; both only rise. */
const dataVersion = (db: Database): number => {
  const own = db.raw.prepare("SELECT total_changes()").pluck().get()
  return Number(db.raw.pragma("data_version", { simple: true })) + Number(own)
}

const storeStatus = (db: Database, dataDir: string) => {
  const count = (table: "runs" | "in_flight"): number =>
    db.first(sql.selectFrom(table).select((read) => read.fn.countAll<number>().as("rows")))?.rows ?? 0
  const artifacts = db.first(
    sql.selectFrom("artifacts").select((read) => read.fn.sum<number>("size_bytes").as("bytes"))
  )
  const files = ["studio.db", "studio.db-wal"].map((name) => statSync(join(dataDir, name), { throwIfNoEntry: false }))
  return {
    inFlight: count("in_flight"),
    runs: count("runs"),
    sizeBytes: files.reduce((sum, file) => sum + (file?.size ?? 0), artifacts?.bytes ?? 0)
  }
}

const attempting =
  (dataDir: string) =>
  <A>(run: () => A): Effect.Effect<A, StoreError> =>
    Effect.try({ try: run, catch: storeFailure(dataDir) })

const attemptAsync =
  (dataDir: string) =>
  <A>(run: () => Promise<A>): Effect.Effect<A, StoreError> =>
    Effect.tryPromise({ try: run, catch: storeFailure(dataDir) })

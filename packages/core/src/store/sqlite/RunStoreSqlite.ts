import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import { join } from "node:path"
import { artifactPath, removeAbandoned } from "../ArtifactFolder.ts"
import { type DataFolder, openDataFolder } from "../DataFolder.ts"
import type { RunStore } from "../RunStore.ts"
import type { StoreError } from "../StoreError.ts"
import { openArtifact } from "./artifacts.ts"
import { attemptAsync, attempting } from "./attempt.ts"
import { listBaselines, promoteBaselines } from "./baselines.ts"
import {
  campaignRequests,
  claimCampaign,
  createCampaign,
  findCampaign,
  interruptCampaigns,
  listCampaigns,
  requestOfCampaign,
  restCampaign,
  saveCampaign
} from "./campaigns.ts"
import { createWaiver, listWaivers } from "./waivers.ts"
import { listBackends, readProbe, saveBackend, saveProbe } from "./backends.ts"
import { createCase, findCase, listCases, removeCase, replaceCase, saveCases, saveCaseVerdicts } from "./cases.ts"
import { findComparison, listComparisons, saveComparison } from "./comparisons.ts"
import { listConsistencyReports, saveConsistencyReport } from "./consistencyReports.ts"
import type { Database } from "./Database.ts"
import { lastSeq, readLog } from "./eventLog.ts"
import { cancelRequests, interruptOrphans, requestCancel } from "./inFlight.ts"
import { listRuns } from "./listRuns.ts"
import { openFile } from "./openFile.ts"
import { campaignRuns, findRun, getRun, importedAs } from "./readRuns.ts"
import { addSamples, readSamples } from "./samples.ts"
import { storeFailure } from "./storeFailure.ts"
import { dataVersion, storeStatus } from "./storeStatus.ts"
import { addTraces, traceHeaders, traceSlice, wholeTraces } from "./traces.ts"
import { makeWriteQueue } from "./WriteQueue.ts"
import { appendEvents, createRun } from "./writeRuns.ts"

/**
 * Opens a data folder, making it when it is not there, until the scope closes. `":memory:"` is a private temporary
 * folder that is removed on close.
 *
 * Fails with `StoreError` `corrupt`, `newer-version`, `busy`, `full` or `io`; a refused database is left as it was.
 */
export const openRunStore = (dataDir: string): Effect.Effect<RunStore["Service"], StoreError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.retry(
      attempting(dataDir)(() => {
        const folder = openDataFolder(dataDir)
        return runStore(folder, openFile(join(folder.path, "studio.db")))
      }),
      whileOthersMakeIt
    ),
    (store) => store.close
  ).pipe(Effect.tap((store) => Effect.ignore(attemptAsync(dataDir)(() => removeAbandoned(store.dataDir)))))

/** SQLite does not wait for its lock while another process turns a new database to write-ahead logging. */
const whileOthersMakeIt = {
  while: ({ reason }: StoreError) => reason === "busy",
  times: 40,
  schedule: Schedule.spaced("25 millis")
}

const runStore = (folder: DataFolder, db: Database): RunStore["Service"] => {
  const dataDir = folder.path
  const read = attempting(dataDir)
  const { write, flush } = makeWriteQueue(db, storeFailure(dataDir))
  // The time is taken under the write lock, so that the order of creation is the order of time.
  const writeAt = <A>(run: (at: string) => A) =>
    Clock.clockWith((clock) => write(() => run(new Date(clock.currentTimeMillisUnsafe()).toISOString())))
  return {
    dataDir,
    create: (seed, owner) => writeAt((at) => createRun(db, seed, owner, at)),
    append: (runId, events) =>
      writeAt((at) =>
        appendEvents(
          db,
          runId,
          events.map((event) => ({ at, event }))
        )
      ),
    appendTold: (runId, told) => write(() => appendEvents(db, runId, told)),
    get: (runId) => read(() => getRun(db, runId)),
    find: (idOrPrefix) => read(() => findRun(db, idOrPrefix)),
    list: (query) => read(() => listRuns(db, query)),
    entries: (query) => read(() => readLog(db, query)),
    lastSeq: read(() => lastSeq(db)),
    dataVersion: read(() => dataVersion(db)),
    importedAs: (sha256) => read(() => importedAs(db, sha256)),
    addSamples: (runId, samples) => write(() => addSamples(db, runId, samples)),
    samples: (runId) => read(() => readSamples(db, runId)),
    addTraces: (runId, chunks) => write(() => addTraces(db, runId, chunks)),
    traceHeaders: (runId) => read(() => traceHeaders(db, runId)),
    traceSlice: (runId, query) => read(() => traceSlice(db, runId, query)),
    traces: (runId) => read(() => wholeTraces(db, runId)),
    openArtifact: (name, kind, mediaType) => openArtifact(db, write, dataDir, { name, kind, mediaType }),
    artifactPath: (sha256) => artifactPath(dataDir, sha256),
    saveComparison: (comparison) => write(() => saveComparison(db, comparison)),
    comparison: (idOrPrefix) => read(() => findComparison(db, idOrPrefix)),
    comparisons: (limit) => read(() => listComparisons(db, limit)),
    cases: read(() => listCases(db)),
    case: (nameOrId) => read(() => findCase(db, nameOrId)),
    createCase: (spec) => writeAt((at) => createCase(db, spec, at)),
    replaceCase: (nameOrId, spec) => writeAt((at) => replaceCase(db, nameOrId, spec, at)),
    saveCases: (specs) => writeAt((at) => saveCases(db, specs, at)),
    removeCase: (nameOrId) => write(() => removeCase(db, nameOrId)),
    saveCaseVerdicts: (verdicts) => write(() => saveCaseVerdicts(db, verdicts)),
    saveConsistencyReport: (report) => write(() => saveConsistencyReport(db, report)),
    consistencyReports: (backend) => read(() => listConsistencyReports(db, backend)),
    createCampaign: (campaign, owner) => writeAt((at) => createCampaign(db, campaign, owner, at)),
    campaign: (idOrPrefix) => read(() => findCampaign(db, idOrPrefix)),
    campaigns: (query) => read(() => listCampaigns(db, query)),
    campaignRuns: (id) => read(() => campaignRuns(db, id)),
    saveCampaign: (id, changes) => write(() => saveCampaign(db, id, changes)),
    claimCampaign: (id, owner) => writeAt((at) => claimCampaign(db, id, owner, at)),
    restCampaign: (id, status, state) => write(() => restCampaign(db, id, status, state)),
    requestOfCampaign: (id, request) => write(() => requestOfCampaign(db, id, request)),
    campaignRequests: (owner) => read(() => campaignRequests(db, owner)),
    promoteBaselines: (baselines) => writeAt((at) => promoteBaselines(db, baselines, at)),
    baselines: (query) => read(() => listBaselines(db, query)),
    createWaiver: (waiver) => writeAt((at) => createWaiver(db, waiver, at)),
    waivers: (suite) => read(() => listWaivers(db, suite)),
    saveBackend: (name, config) => write(() => saveBackend(db, name, config)),
    backends: read(() => listBackends(db)),
    saveProbe: (name, probe) => write(() => saveProbe(db, name, probe)),
    probe: (name) => read(() => readProbe(db, name)),
    interruptOrphans: writeAt((at) => {
      interruptCampaigns(db)
      return interruptOrphans(db, at)
    }),
    requestCancel: (runId) => write(() => requestCancel(db, runId)),
    cancelRequests: (owner) => read(() => cancelRequests(db, owner)),
    status: read(() => storeStatus(db, dataDir)),
    close: Effect.sync(() => {
      flush()
      db.raw.close()
      folder.release()
    })
  }
}

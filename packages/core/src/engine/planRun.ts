import type { Adapter } from "../adapter/Adapter.ts"
import { makeRedactor } from "../adapter/redact.ts"
import type { CampaignPlace } from "../domain/campaign.ts"
import type { RunSeed } from "../domain/event.ts"
import type { RunRequest } from "../domain/workload.ts"
import { newId } from "../store/newId.ts"
import { adapterMode } from "./adapterMode.ts"
import type { ResolvedBackend } from "./Backends.ts"
import { checkRequest } from "./checkRequest.ts"
import { workloadHash } from "./hashes.ts"
import type { Executor, RunJob } from "./measure.ts"
import { reproduceCli } from "./reproduceCli.ts"
import { fromAdapter } from "./RunFailure.ts"
import type { SubmitRun } from "./RunOptions.ts"
import { StudioError } from "./StudioError.ts"

export interface PlannedRun {
  readonly seed: RunSeed
  readonly job: RunJob
}

interface Means {
  /** Answers in mode `mock`, and benchmarks in mode `auto` whose backend is absent. */
  readonly fallback: Executor | null
  readonly env: { readonly [name: string]: string | undefined }
}

/** Decides who answers a run, and what its record begins with. Throws `StudioError` for what cannot be run. */
export const planRun = (
  submitted: SubmitRun & { readonly campaign?: CampaignPlace },
  backend: ResolvedBackend,
  { fallback, env }: Means
): PlannedRun => {
  const { adapter } = backend
  const request = checkRequest(submitted.request)
  const mode = adapterMode({
    adapter: adapter.name,
    submitted: submitted.adapterMode,
    configured: backend.settings.adapterMode,
    env
  })
  const isReplaced = mode === "mock" && adapter.mock !== true
  if (isReplaced && fallback === null)
    throw new StudioError({
      code: "no-fallback",
      message: `The backend "${backend.name}" is to run in mode mock, and this studio has no mock.`,
      hint: "Name a mock adapter as `fallback` when the studio is opened, or use mode auto or bench.",
      path: "adapter_mode"
    })
  const executor = isReplaced && fallback !== null ? fallback : backend
  checkEntrypoint(request, executor.adapter)
  checkTimeout(submitted.timeoutMs)
  const id = newId()
  const redactor = makeRedactor()
  const reproduced = reproduce(backend, request)
  return {
    seed: {
      id,
      backend: backend.name,
      adapter: adapter.name,
      request,
      resend: submitted.resend ?? null,
      ...(submitted.campaign !== undefined && { campaign: submitted.campaign }),
      workloadHash: workloadHash(request),
      provenance: isReplaced || adapter.mock === true ? "mock" : "real",
      imported: null,
      tags: submitted.tags ?? [],
      reproduce: { cli: reproduceCli(backend.spec, request, submitted.adapterMode), ...redactor.json(reproduced) }
    },
    job: {
      runId: id,
      key: submitted.campaign?.key ?? id,
      probedAs: isReplaced ? null : backend.name,
      request,
      send: submitted.resend ?? null,
      executor,
      launch: isReplaced ? null : backend.launch,
      fallback: mode === "auto" && fallback !== null && hasEntrypoint(fallback.adapter, request) ? fallback : null,
      timeoutMs: submitted.timeoutMs ?? null
    }
  }
}

const reproduce = ({ adapter, config }: ResolvedBackend, request: RunRequest) => {
  try {
    return adapter.reproduce?.(request, config) ?? { curl: null, python: null }
  } catch (thrown) {
    const { code, message, hint } = fromAdapter(adapter.name, thrown)
    throw new StudioError({ code, message, hint, path: "backend", cause: thrown })
  }
}

const hasEntrypoint = ({ supports }: Adapter, request: RunRequest): boolean =>
  "benchmark" in request && supports.entrypoints.includes(request.benchmark.entrypoint)

/** An adapter is never asked for what it does not say it has: what it would run then is anybody's guess. */
const checkEntrypoint = (request: RunRequest, adapter: Adapter): void => {
  if (!("benchmark" in request) || hasEntrypoint(adapter, request)) return
  const { entrypoints } = adapter.supports
  throw new StudioError({
    code: "invalid-request",
    message: `The adapter ${adapter.name} has no entrypoint "${request.benchmark.entrypoint}".`,
    hint: entrypoints.length === 0 ? "It has none: it runs no benchmarks." : `It has ${entrypoints.join(", ")}.`,
    path: "entrypoint"
  })
}

/** Timers cannot be set further ahead than 2^31 ms. */
const checkTimeout = (timeoutMs: number | undefined): void => {
  if (timeoutMs === undefined || (timeoutMs > 0 && timeoutMs < 2 ** 31)) return
  throw new StudioError({
    code: "invalid-request",
    message: `${timeoutMs} ms is no timeout.`,
    hint: "Give a number above 0, 24 days at most.",
    path: "timeout_ms"
  })
}

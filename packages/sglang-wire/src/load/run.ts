import { AdapterError, type Context, type RunEvent } from "@sglang-studio/core/adapter"
import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import { readFile } from "node:fs/promises"
import type { Engine } from "../identity.ts"
import { refuse } from "../refuse.ts"
import { requireServer, type Server } from "../server.ts"
import type { Wire } from "../wire.ts"
import { loadFindings } from "./findings.ts"
import { openLoadClient, type LoadClient } from "./LoadClient.ts"
import { measureFloor, type Floor } from "./measureFloor.ts"
import { loadMetrics } from "./metrics.ts"
import { outcomesOf, type Outcome } from "./Outcome.ts"
import { randomRequests, requestsFrom, type LoadRequest } from "./requests.ts"
import { scheduleOf } from "./schedule.ts"
import { sendAll, type Load } from "./sendAll.ts"
import { readLoadSettings, type LoadSettings } from "./settings.ts"

/** The studio's own load client: what it costs itself, a warm-up, then every request sent when it is due and timed. */
export async function* loadRun(
  engine: Engine,
  wire: Wire,
  set: BenchmarkFlags,
  context: Context
): AsyncGenerator<RunEvent> {
  const settings = readLoadSettings(set)
  const server = await requireServer(wire, engine, context)
  checkLengths(settings, server)
  const requests = await makeRequests(settings, server)
  const floor = await measureFloor(settings, context.signal)
  context.log(floorLine(floor))
  const client = openLoadClient(wire.config, settings.requestTimeoutMs)
  try {
    yield { type: "started" }
    await warmUp(client, settings, requests.slice(0, settings.warmup), context)
    const load = yield* measured(client, settings, requests.slice(settings.warmup), context)
    const outcomes = outcomesOf(load)
    requireAnswers(outcomes)
    for (const { sample } of outcomes) yield { type: "sample", sample }
    for (const finding of loadFindings(settings, outcomes)) yield { type: "finding", finding }
    const metrics = loadMetrics(settings, outcomes, floor)
    yield { type: "result", result: { kind: "benchmark", metrics, raw: { settings: { ...set }, floor: { ...floor } } } }
  } finally {
    client.close()
  }
}

const floorLine = ({ p50Ms, p99Ms, requestsPerSecond }: Floor): string =>
  `This client against a server that answers at once: P50 ${p50Ms.toFixed(2)} ms, P99 ${p99Ms.toFixed(2)} ms, ${Math.round(requestsPerSecond)} requests/s at most.`

/** A vocabulary that nobody names is taken for a small one. */
const smallVocabulary = 1000

const makeRequests = async (settings: LoadSettings, server: Server): Promise<readonly LoadRequest[]> => {
  const vocabulary = settings.vocabulary ?? server.limits.vocabulary ?? smallVocabulary
  const target = { model: server.model, vocabulary }
  const count = settings.warmup + settings.prompts
  if (settings.promptsFile === null) return randomRequests(settings, target, count)
  const text = await readFile(settings.promptsFile, "utf8").catch((cause: Error) => {
    throw refuse("set.prompts-file", `cannot be read: ${cause.message}`, "Give the path of a file on this machine.")
  })
  return requestsFrom(text, settings, target, count)
}

const checkLengths = ({ kind, promptsFile, inputLen, outputLen, itemLen }: LoadSettings, { limits }: Server): void => {
  const { contextLength } = limits
  if (promptsFile !== null || contextLength === null) return
  const length = kind === "generate" ? inputLen + outputLen : inputLen + itemLen
  if (length < contextLength) return
  throw refuse(
    "set.input-len",
    `a request of ${length} tokens does not fit into the server's context of ${contextLength}`,
    "Ask for fewer tokens."
  )
}

/** Outside of what is timed; as many at once as in the run, so that the same batches come about. */
const warmUp = async (
  client: LoadClient,
  { arrival }: LoadSettings,
  requests: readonly LoadRequest[],
  { signal, log }: Context
): Promise<void> => {
  const concurrency = arrival.concurrency ?? 8
  const { sent } = await sendAll({ client, requests, arrival: { loop: "closed", concurrency }, schedule: null, signal })
  const failed = sent.find(({ exchange }) => exchange.error !== null)
  if (failed !== undefined) log(`A request of the warm-up failed: ${failed.exchange.error}`)
}

const progressEveryMs = 500

/** Sends the measured requests and tells meanwhile how far they are. */
async function* measured(
  client: LoadClient,
  { arrival, seed }: LoadSettings,
  requests: readonly LoadRequest[],
  { signal }: Context
): AsyncGenerator<RunEvent, Load> {
  let done = 0
  const progress = (): RunEvent => ({ type: "progress", done, total: requests.length, unit: "requests" })
  yield progress()
  const schedule = scheduleOf(arrival, requests.length, seed)
  const sending = sendAll({ client, requests, arrival, schedule, signal, onAnswer: (count) => void (done = count) })
  for (;;) {
    const tick = Promise.withResolvers<null>()
    const timer = setTimeout(() => tick.resolve(null), progressEveryMs)
    const load = await Promise.race([sending, tick.promise]).finally(() => clearTimeout(timer))
    yield progress()
    if (load !== null) return load
  }
}

const requireAnswers = (outcomes: readonly Outcome[]): void => {
  if (outcomes.some(({ sample }) => sample.error === null)) return
  throw new AdapterError({
    reason: "crashed",
    message: `All ${outcomes.length} requests failed. First: ${outcomes[0]?.sample.error ?? ""}`,
    hint: "Look at the server's own log."
  })
}

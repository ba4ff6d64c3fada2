import type { Sample } from "@sglang-studio/core/adapter"
import type { Random } from "./Random.ts"
import type { Demand, Workload } from "./Workload.ts"

/** What makes one simulated engine slower than another. */
export interface Pace {
  /** Factor on every time. */
  readonly factor: number
  /** Relative growth of times from the first request to the last. */
  readonly drift: number
  /** Requests until the speed is steady; the first one takes three times as long. */
  readonly warmup: number
  /** Share of requests that are hit by a long stall. */
  readonly tail: number
}

/** Sequences that the engine runs at once. */
const slots = 32
const prefillMs = (tokens: number): number => 3 + 0.02 * tokens
const decodeMs = (sequences: number): number => 7 + 0.2 * sequences
/** Spread of single steps, on the log scale. */
const stepSpread = 0.06

interface Sequence {
  readonly index: number
  readonly demand: Demand
  readonly startMs: number
  firstTokenMs: number
  lastTokenMs: number
  readonly itlMs: number[]
}

/**
 * Serves a workload by continuous batching, in simulated time: a step either prefills everything that was admitted, and
 * holds up those that run, or gives one token to every running sequence. So concurrency and request rate change
 * latency as they do on a real engine. Returns one sample per demand, in order.
 */
export const serve = (workload: Workload, pace: Pace, random: Random): readonly Sample[] => {
  const { demands, maxConcurrency, warmupRequests } = workload
  const samples: Sample[] = []
  const waiting: Sequence[] = []
  let running: Sequence[] = []
  let sent = 0
  let clock = 0
  let roomSince = 0

  const send = (): void => {
    while (sent < demands.length && waiting.length + running.length < maxConcurrency) {
      const demand = demands[sent]
      if (demand === undefined || demand.arrivalMs > clock) break
      const startMs = Math.max(demand.arrivalMs, roomSince)
      waiting.push({ index: sent, demand, startMs, firstTokenMs: 0, lastTokenMs: 0, itlMs: [] })
      sent += 1
    }
  }
  const step = (ms: number): void => {
    clock += ms * paceAt(pace, samples.length, demands.length, warmupRequests) * Math.exp(stepSpread * random.normal())
  }

  while (samples.length < demands.length) {
    if (waiting.length + running.length === 0) clock = Math.max(clock, demands[sent]?.arrivalMs ?? clock)
    send()
    const admitted = waiting.splice(0, slots - running.length)
    if (admitted.length > 0) {
      step(prefillMs(admitted.reduce((tokens, { demand }) => tokens + demand.inputTokens, 0)))
      for (const sequence of admitted) sequence.firstTokenMs = sequence.lastTokenMs = clock
    } else {
      step(decodeMs(running.length))
      for (const sequence of running) {
        sequence.itlMs.push(clock - sequence.lastTokenMs)
        sequence.lastTokenMs = clock
      }
    }
    const active = [...running, ...admitted]
    running = active.filter((sequence) => !isDone(sequence))
    if (running.length < active.length) roomSince = clock
    for (const sequence of active.filter(isDone))
      samples.push(sampleOf(sequence, random.uniform() < pace.tail ? 150 * pace.factor * Math.exp(random.normal()) : 0))
  }
  return samples.sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0))
}

const isDone = ({ demand, itlMs }: Sequence): boolean => itlMs.length >= demand.outputTokens - 1

const paceAt = ({ factor, drift, warmup }: Pace, done: number, total: number, before: number): number => {
  const cold = warmup === 0 ? 0 : Math.max(0, 1 - (done + before) / warmup)
  return factor * (1 + (drift * done) / total) * (1 + 2 * cold)
}

const sampleOf = ({ demand, startMs, firstTokenMs, lastTokenMs, itlMs }: Sequence, stallMs: number): Sample => ({
  startMs,
  ttftMs: firstTokenMs - startMs + stallMs,
  itlMs,
  e2eMs: lastTokenMs - startMs + stallMs,
  inputTokens: demand.inputTokens,
  outputTokens: demand.outputTokens,
  error: null
})

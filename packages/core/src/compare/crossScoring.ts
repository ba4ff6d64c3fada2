import { summarise, type PairSummary } from "../math/PairStats.ts"
import type { Continuation } from "./continuations.ts"
import { addTracePair, makeTraceSums, type TraceSums } from "./tracePairs.ts"

/** What each of two sides generated, as likely to the one that decoded it as to the one that scores it. */
export interface CrossMeasurement {
  readonly sequences: number
  readonly summary: PairSummary
  /** The token that is furthest off; null where nothing could be compared. */
  readonly worst: {
    readonly case: string
    readonly position: number
    readonly size: number
    /** Logprobs by the side that generated it and by the one that scored it. */
    readonly logprobs: readonly [number, number]
    readonly continuation: Continuation
  } | null
}

/** Null where no side scored what the other one generated. */
export const crossScoring = (continuations: readonly Continuation[]): CrossMeasurement | null => {
  const across = continuations.filter(({ source, scorer }) => source !== scorer)
  if (across.length === 0) return null
  const sums = makeTraceSums()
  let worst: CrossMeasurement["worst"] = null
  for (const continuation of across) {
    const { case: name, decoded, scored } = continuation
    const { maxAbs, maxAt } = addContinuation(sums, continuation)
    if (maxAt === null || (worst !== null && maxAbs <= worst.size)) continue
    const logprobs = [decoded.logprobs[maxAt]!, scored.logprobs[maxAt]!] as const
    worst = { case: name, position: maxAt, size: maxAbs, logprobs, continuation }
  }
  return { sequences: across.length, summary: summarise(sums.pairs), worst }
}

/** The generated tokens alone: their prompt is compared elsewhere. */
export const addContinuation = (sums: TraceSums, { decoded, scored }: Continuation) => {
  const from = decoded.promptLength
  const { maxAbs, maxAt } = addTracePair(
    sums,
    { case: "", trace: "" },
    tail(decoded, from),
    tail(scored, from),
    Infinity
  )
  return { maxAbs, maxAt: maxAt === null ? null : maxAt + from }
}

const tail = (trace: Continuation["decoded"], from: number): Continuation["decoded"] => ({
  ...trace,
  promptLength: trace.length - from,
  length: trace.length - from,
  ids: trace.ids.subarray(from),
  logprobs: trace.logprobs.subarray(from),
  top: null
})

import type { Finding } from "../domain/validity.ts"
import { drift, type Drift } from "../math/drift.ts"
import { mean } from "../math/moments.ts"
import { quantile } from "../math/quantile.ts"
import { warmupCut } from "../math/warmupCut.ts"
import type { Pace } from "./Pace.ts"

/** Whether the server was as fast at the end of a run as at its beginning: its warm-up, and drift in what follows. */
export const steadiness = (pace: Pace): readonly Finding[] => {
  const warmup = warmupOf(pace)
  const rest = { ...pace, values: pace.values.slice(warmup?.cut ?? 0) }
  // What never became steady needs no second name.
  const drifted = warmup !== null && warmup.finding.severity === "error" ? null : driftOf(rest)
  return [warmup?.finding, drifted].flatMap((finding) => finding ?? [])
}

/** A beginning that is slower by less than this is load, not warm-up. */
const leastSlower = 1.25
/** A run that loses more of its requests to the warm-up never reached what it was to measure. */
const mostLost = 0.25

/** Every cut between batches is tried. */
const mostBatches = 1000

const warmupOf = ({ metric, values }: Pace): { readonly finding: Finding; readonly cut: number } | null => {
  const { truncate: cut, atBound, batches } = warmupCut(values, Math.max(5, Math.ceil(values.length / mostBatches)))
  if (batches < 10 || cut === 0) return null
  const usual = median(values.slice(cut))
  const beginning = values.slice(0, cut).map((value) => value / usual)
  const slower = mean(beginning)
  // One stalled request is no warm-up.
  const isSpread = 4 * beginning.filter((ratio) => ratio >= leastSlower).length >= cut
  if (!(slower >= leastSlower && isSpread)) return null
  const isLost = atBound || cut > mostLost * values.length
  return {
    cut,
    finding: {
      code: "warmup-not-reached",
      severity: isLost ? "error" : "warning",
      message: isLost
        ? `The run was still warming up for ${atBound ? "more than " : ""}${cut} of ${values.length} requests, ${slower.toFixed(1)} times slower than later.`
        : `The first ${cut} of ${values.length} requests were ${slower.toFixed(1)} times slower than the others: they warmed the server up.`,
      evidence: { metric, requests: values.length, warmup_requests: cut, slower, at_bound: atBound }
    }
  }
}

/** From the first request to the last: less is no drift, however sure. */
const leastDrift = 0.01
const level = 0.01
/** More than this, and surer, makes a run invalid. */
const mostDrift = 0.1
const invalidLevel = 0.001
const mostWindows = 20
const leastWindows = 6

const driftOf = ({ metric, values, sentAtOnce }: Pace): Finding | null => {
  const windowed = independentWindows(values)
  if (windowed === null) return null
  const { windows, trend } = windowed
  const middle = median(windows)
  const change = middle > 0 ? (trend.slope * windows.length) / middle : 0
  if (trend.p >= level || Math.abs(change) <= leastDrift) return null
  const percent = `${Math.abs(100 * change).toFixed(1)} %`
  const isInvalid = Math.abs(change) > mostDrift && trend.p < invalidLevel && !sentAtOnce
  return {
    code: "drift",
    severity: isInvalid ? "error" : "warning",
    message: `The server became ${percent} ${change > 0 ? "slower" : "faster"} from the beginning of the run to its end.`,
    evidence: { metric, change, p: trend.p, windows: windows.length }
  }
}

/** Requests that shared a batch have shared its luck: windows are made longer until neighbours tell nothing of each other. */
const independentWindows = (
  values: readonly number[]
): { readonly windows: readonly number[]; readonly trend: Drift } | null => {
  for (
    let count = Math.min(mostWindows, Math.floor(values.length / 3));
    count >= leastWindows;
    count = Math.floor(0.7 * count)
  ) {
    const windows = Array.from({ length: count }, (_, i) =>
      median(values.slice(Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count)))
    )
    const trend = drift(windows)
    const residual = drift(windows.map((value, index) => value - trend.slope * index))
    if ((residual.lag1 ?? 0) <= 0.2) return { windows, trend }
  }
  return null
}

const median = (values: readonly number[]): number => quantile(values, 0.5) ?? NaN

import type { Sample } from "@sglang-studio/core/domain"
import { quantile } from "@sglang-studio/core/math"
import { quantileCurve, sorted } from "../../base/quantileCurve.ts"

export const latencies = ["e2e", "ttft", "tpot"] as const

export type Latency = (typeof latencies)[number]

/** One latency of every request, over time and as a distribution. Milliseconds by seconds. */
export interface RequestFigures {
  /** `order` where all were sent at once, and time would say nothing. */
  readonly by: "time" | "order"
  /** Seconds from the start of the measurement to the intended send, or the number of the request; ascending. */
  readonly sentAt: readonly number[]
  /** Null where the request has none, as where it failed. */
  readonly latency: readonly (number | null)[]
  /** 0 where the request failed: a mark at the foot of the plot. */
  readonly failed: readonly (number | null)[]
  /** Places of the curve: decades of what is slower, so that the tail has room. */
  readonly tail: readonly number[]
  readonly curve: readonly (number | null)[]
  /** The percentiles that this many requests can carry. */
  readonly marks: readonly { readonly at: number; readonly text: string; readonly value: number | null }[]
}

export const requestFigures = (samples: readonly Sample[], which: Latency): RequestFigures => {
  const timed = samples
    .flatMap((sample) => (sample.startMs === null ? [] : [{ sample, start: sample.startMs }]))
    .toSorted((a, b) => a.start - b.start)
  const values = sorted(samples.map((sample) => latencyOf(sample, which)))
  const shares = curveShares(values.length)
  const by = timed.length > 1 && timed[0]?.start === timed.at(-1)?.start ? "order" : "time"
  return {
    by,
    sentAt: timed.map(({ start }, index) => (by === "order" ? index + 1 : start / 1000)),
    latency: timed.map(({ sample }) => latencyOf(sample, which)),
    failed: timed.map(({ sample }) => (sample.error === null ? null : 0)),
    tail: shares.map(tailPlace),
    curve: quantileCurve(values, shares),
    marks: carried.flatMap(({ share, text, least }) =>
      values.length < least ? [] : [{ at: tailPlace(share), text, value: quantile(values, share) }]
    )
  }
}

const latencyOf = ({ e2eMs, ttftMs, outputTokens, error }: Sample, which: Latency): number | null => {
  if (error !== null) return null
  if (which === "e2e") return e2eMs
  if (which === "ttft") return ttftMs
  return e2eMs === null || ttftMs === null || outputTokens === null || outputTokens < 2
    ? null
    : (e2eMs - ttftMs) / (outputTokens - 1)
}

/** 0 for nothing, 1 for nine of ten, 2 for 99 of 100. */
export const tailPlace = (share: number): number => -Math.log10(1 - share)

export const shareAt = (place: number): number => 1 - 10 ** -place

/** Ten requests lie beyond each of them. */
const carried = [
  { share: 0.5, text: "P50", least: 20 },
  { share: 0.9, text: "P90", least: 100 },
  { share: 0.95, text: "P95", least: 200 },
  { share: 0.99, text: "P99", least: 1000 }
]

const points = 240

/** Evenly spread places up to the slowest request. */
const curveShares = (n: number): readonly number[] => {
  if (n === 0) return []
  const end = tailPlace(1 - 0.5 / n)
  return Array.from({ length: points + 1 }, (_, index) => shareAt((end * index) / points))
}

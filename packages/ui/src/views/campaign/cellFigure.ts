import type { CampaignCell, CellGate, MetricDelta, Outcome, Tier } from "@sglang-studio/core/domain"
import { metricName } from "../../base/metricNames.ts"
import { change, plural, share, significant } from "../../base/format.ts"

/** One gate of one cell, ready to show. */
export interface CellFigure {
  readonly outcome: Outcome
  /** Change against the baseline, or the value that a limit is for. */
  readonly value: string
  /** What it would take, or how sure it is. */
  readonly remark: string
  readonly tier: Tier | null
  /** 0 to 3: how large the change is in units of what is allowed. */
  readonly strength: 0 | 1 | 2 | 3
  readonly waiver: string | null
}

export const cellFigure = (cell: CampaignCell, gate: CellGate): CellFigure => ({
  outcome: gate.outcome,
  value: valueText(cell, gate),
  remark: remark(gate),
  tier: gate.tier,
  strength: strength(cell, gate),
  waiver: gate.waiver
})

/** The metric that a gate judges: by its ratio, or by the candidate's own value; null for parity. */
export const judgedMetric = (cell: CampaignCell, gate: CellGate): MetricDelta | null => {
  const { value } = gate
  if (value === null) return null
  const close = (one: number | null | undefined) => one != null && Math.abs(one - value) <= 1e-9 * Math.abs(value)
  return (
    cell.metrics.find((metric) => close(metric.ratio)) ?? cell.metrics.find(({ values }) => close(values[1])) ?? null
  )
}

const valueText = (cell: CampaignCell, gate: CellGate): string => {
  if (gate.value === null) return "\u2014"
  if (gate.scale === "ratio") return change(gate.value)
  const unit = judgedMetric(cell, gate)?.unit ?? ""
  return unit === "" || unit === "ratio" ? significant(gate.value) : `${significant(gate.value)} ${unit}`
}

/** What is allowed, in words: `5 %` of change, or a value. */
export const marginText = (gate: CellGate): string | null => {
  if (gate.margin === null) return null
  if (gate.scale !== "ratio") return significant(gate.margin)
  return share(gate.margin, Number.isInteger(Math.round(gate.margin * 1e6) / 1e4) ? 0 : 1)
}

const remark = (gate: CellGate): string => {
  const margin = marginText(gate)
  const sure = gate.tier === "confirmed" || gate.tier === "likely" ? gate.tier : null
  switch (gate.outcome) {
    case "pass":
      return margin === null ? "holds" : `${sure === null ? "" : "slower, "}within ${margin}`
    case "fail":
      return sure ?? (margin === null ? "fails" : `over ${margin}`)
    case "inconclusive": {
      const runs = gate.moreRunsNeeded ?? 0
      if (runs === 0) return sure ?? gate.reason.replaceAll("-", " ")
      return sure === null ? plural(runs, "more run") : `${sure}, ${runs} more`
    }
  }
}

const strength = (cell: CampaignCell, gate: CellGate): CellFigure["strength"] => {
  const size = Math.abs(usedUp(cell, gate))
  return size < 0.5 ? 0 : size < 1 ? 1 : size < 2 ? 2 : 3
}

/** A change and what is allowed on one line from 0 to 1: worse to the right, the margin at its place. */
export interface ChangePlace {
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly band: readonly [number, number]
  readonly zero: number
}

/** Null where the gate speaks of no change. The line reaches twice the margin, or as far as the interval. */
export const changePlace = (cell: CampaignCell, gate: CellGate): ChangePlace | null => {
  const { value, margin, interval } = gate
  if (value === null || margin === null || margin <= 0 || gate.scale !== "ratio") return null
  const worse = worseBy(cell, gate)
  const allowed = Math.log1p(margin)
  const reach = Math.max(2 * allowed, ...[value, ...(interval ?? [])].map((ratio) => 1.1 * Math.abs(Math.log(ratio))))
  const at = (log: number) => (log / reach + 1) / 2
  const ends = (interval ?? []).map((ratio) => at(worse(ratio))).toSorted((a, b) => a - b)
  return {
    value: at(worse(value)),
    interval: ends.length === 2 ? [ends[0] ?? 0, ends[1] ?? 0] : null,
    band: [0, at(allowed)],
    zero: at(0)
  }
}

/** How much of what is allowed is used up: above 1 it is more. Negative: better than the baseline. */
export const usedUp = (cell: CampaignCell, gate: CellGate): number => {
  const { value, margin, scale } = gate
  if (value === null || margin === null || margin <= 0) return 0
  return scale === "ratio" ? worseBy(cell, gate)(value) / Math.log1p(margin) : value / margin
}

/** A ratio as the logarithm of how much worse it is, whichever way the metric is better. */
const worseBy = (cell: CampaignCell, gate: CellGate): ((ratio: number) => number) => {
  const sign = metricName(judgedMetric(cell, gate)?.name ?? "").better === "higher" ? -1 : 1
  return (ratio) => sign * Math.log(ratio)
}

import type { CampaignCell, CellGate, Outcome, Tier } from "@sglang-studio/core/domain"
import { metricName } from "../../base/metricNames.ts"
import { change, percent, plural, significant } from "../../base/format.ts"

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

export const cellFigure = (gate: CellGate): CellFigure => ({
  outcome: gate.outcome,
  value: valueText(gate),
  remark: remark(gate),
  tier: gate.tier,
  strength: strength(gate),
  waiver: gate.waiver
})

const valueText = ({ value, scale, metric }: CellGate): string => {
  if (value === null) return "\u2014"
  return scale === "ratio" ? change(value) : metricValue(metric, value)
}

/** What is allowed, in words: `5 %` of change, or a value. */
export const marginText = ({ margin, scale, metric }: CellGate): string | null => {
  if (margin === null) return null
  return scale === "ratio" ? percent(margin) : metricValue(metric, margin)
}

/** A value of a metric in its unit; null: of parity. */
const metricValue = (metric: string | null, value: number): string => {
  const unit = unitOf(metric)
  return unit === "" ? figureOf(metric)(value) : `${significant(value)} ${unit}`
}

/** Of what a gate judges; empty where it has none, and where a share is told in percent. */
export const unitOf = (metric: string | null): string => metricName(metric ?? "").unit.replace("ratio", "")

const figureOf = (metric: string | null) => (metricName(metric ?? "").unit === "ratio" ? percent : significant)

/** `262 → 228`: what a gate judges, on both sides; null where the runs have no such figure. */
export const sidesText = ({ metrics }: CampaignCell, { metric }: CellGate): string | null => {
  const values = metrics.find(({ name }) => name === metric)?.values
  const text = figureOf(metric)
  return values?.map((value) => (value === null ? "\u2014" : text(value))).join(" \u2192 ") ?? null
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
      if (runs === 0) return reasonText(gate.reason)
      return `${sure === null ? "" : "slower, "}${plural(runs, "more run")}`
    }
  }
}

/** A reason's code as it is read. */
export const reasonText = (code: string): string =>
  code === "regressed-size-uncertain" ? "worse, it is open by how much" : code.replaceAll("-", " ")

const strength = (gate: CellGate): CellFigure["strength"] => {
  const size = Math.abs(usedUp(gate))
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
export const changePlace = (gate: CellGate): ChangePlace | null => {
  const { value, margin, interval } = gate
  if (value === null || margin === null || margin <= 0 || gate.scale !== "ratio") return null
  const worse = worseBy(gate)
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
export const usedUp = (gate: CellGate): number => {
  const { value, margin, scale } = gate
  if (value === null || margin === null || margin <= 0) return 0
  return scale === "ratio" ? worseBy(gate)(value) / Math.log1p(margin) : value / margin
}

/** A ratio as the logarithm of how much worse it is, whichever way the metric is better. */
const worseBy = ({ metric }: CellGate): ((ratio: number) => number) => {
  const sign = metricName(metric ?? "").better === "higher" ? -1 : 1
  return (ratio) => sign * Math.log(ratio)
}

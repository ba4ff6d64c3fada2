import type { ArmRecords } from "../compare/Arms.ts"
import { unfitness } from "../compare/unfitness.ts"
import type { Waiver } from "../domain/baseline.ts"
import type { CampaignCell, CellGate } from "../domain/campaign.ts"
import type { Comparison } from "../domain/comparison.ts"
import { excuses, isOfGate } from "../domain/excuses.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { metricDefinition } from "../domain/metricDefinitions.ts"
import { pointText } from "../domain/plan.ts"
import { compareArms } from "../gate/compareArms.ts"
import type { CellPlace } from "./cells.ts"

interface Judging {
  /** Null: the usual ones. */
  readonly rules: readonly GateRule[] | null
  readonly waivers: readonly Waiver[]
  readonly alpha: number
  /** RFC 3339: which waivers have expired. */
  readonly now: string
}

export interface JudgedCell {
  readonly cell: CampaignCell
  /** Null where an arm has no run. */
  readonly comparison: Omit<Comparison, "id" | "createdAt"> | null
}

/** Compares the arms of a cell, the baseline first. A gate that is waived is shown and does not decide. */
export const judgeCell = (place: CellPlace, arms: readonly ArmRecords[], judging: Judging): JudgedCell => {
  const usable = usableOf(place, arms)
  const empty = arms.find(({ records }) => records.length === 0)
  if (empty !== undefined || arms.length === 0) return { cell: unjudged(place, usable, empty?.label), comparison: null }
  const { rules, alpha } = judging
  const options = { alpha, ...(rules !== null && { gates: rules }) }
  const comparison = compareArms(arms, options)
  const gates = comparison.gates.map((gate): CellGate => {
    const waiver = judging.waivers.find((one) => excuses(one, place, gate.name, judging.now))
    return { ...gate, ...judgedBy(gate.name, rules), waiver: waiver?.id ?? null, tier: null }
  })
  const left = rules?.filter(({ name }) => !gates.some((gate) => gate.waiver !== null && isOfGate(gate.name, name)))
  const judged =
    left === undefined || left.length === rules?.length
      ? comparison.verdict
      : left.length === 0
        ? allWaived
        : compareArms(arms, { ...options, gates: left }).verdict
  const unanswered = place.baseline === null ? regressionRules(left ?? [], comparison) : []
  const decides = judged.outcome === "pass" && unanswered.length > 0 ? alone(place, unanswered) : judged
  // Nothing to compare with, or no rule of the suite speaks of such a case.
  const isMeasuredOnly =
    gates.length === 0 && (place.baseline === null || (rules !== null && usable.every((count) => count > 0)))
  return {
    cell: {
      ...place,
      comparisonId: null,
      outcome: isMeasuredOnly ? null : decides.outcome,
      sentence: isMeasuredOnly ? null : decides.sentence,
      wouldDecide: isMeasuredOnly ? null : decides.wouldDecide,
      usable,
      gates,
      metrics: comparison.metrics.filter(({ name }) => shown.has(name) || isGated(rules, name))
    },
    comparison
  }
}

/** Rules that compare a metric which these runs have. */
const regressionRules = (rules: readonly GateRule[], { metrics }: Pick<Comparison, "metrics">): readonly GateRule[] =>
  rules.filter((rule) => "maxRegression" in rule && metrics.some(({ name }) => name === rule.metric))

/** Limits may hold, yet a rule that compares has nothing to compare with: missing data never passes. */
const alone = ({ candidate }: CellPlace, unanswered: readonly GateRule[]) => ({
  outcome: "inconclusive" as const,
  sentence: `Not decided: there is nothing to compare ${candidate} with, as ${unanswered.map(({ name }) => name).join(", ")} ask${unanswered.length === 1 ? "s" : ""}.`,
  wouldDecide: "a second backend, or a baseline to run against, would decide"
})

/** A cell of which nothing is known yet. */
export const emptyCell = (place: CellPlace): CampaignCell => ({
  ...place,
  comparisonId: null,
  outcome: null,
  sentence: null,
  wouldDecide: null,
  usable: [0, 0],
  gates: [],
  metrics: []
})

/** What a figure of throughput against latency needs. */
const shown = new Set([
  "output_throughput",
  "request_throughput",
  "total_throughput",
  "e2e_latency_ms.p50",
  "e2e_latency_ms.p95",
  "e2e_latency_ms.p99",
  "ttft_ms.p50",
  "ttft_ms.p95",
  "tpot_ms.p50",
  "failure_rate"
])

const isGated = (rules: readonly GateRule[] | null, metric: string): boolean =>
  (rules ?? []).some((rule) => "metric" in rule && rule.metric === metric)

/** The usual gates are named after their metrics. */
const judgedBy = (gate: string, rules: readonly GateRule[] | null): Pick<CellGate, "metric" | "scale"> => {
  const rule = rules?.find(({ name }) => isOfGate(gate, name))
  const metric = rule === undefined ? gate.replace(/:.*/, "") : "metric" in rule ? rule.metric : null
  const isKnown = metric !== null && metricDefinition(metric) !== null
  const isChange = isKnown && metric !== "failure_rate" && (rule === undefined || "maxRegression" in rule)
  return { metric: isKnown || rule !== undefined ? metric : null, scale: isChange ? "ratio" : "value" }
}

const unjudged = (place: CellPlace, usable: CampaignCell["usable"], lacking = place.candidate): CampaignCell => ({
  ...emptyCell(place),
  usable,
  outcome: "inconclusive",
  sentence: `Not decided: ${lacking} has no run of ${place.case}${at(place)}.`,
  wouldDecide: `a run of it on ${lacking} would decide`
})

const at = ({ point }: CellPlace): string => (pointText(point) === "" ? "" : ` at ${pointText(point)}`)

const usableOf = ({ baseline }: CellPlace, arms: readonly ArmRecords[]): readonly [number, number] => {
  const counts = arms.map(({ label, records }) => records.filter(({ run }) => unfitness(label, run) === null).length)
  return baseline === null ? [0, counts[0] ?? 0] : [counts[0] ?? 0, counts[1] ?? 0]
}

const allWaived = { outcome: "pass", sentence: "Every gate is waived.", wouldDecide: null } as const

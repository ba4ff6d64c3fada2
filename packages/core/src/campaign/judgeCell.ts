import type { ArmRecords } from "../compare/Arms.ts"
import { unfitness } from "../compare/unfitness.ts"
import type { Waiver } from "../domain/baseline.ts"
import type { CampaignCell, CellGate } from "../domain/campaign.ts"
import type { Comparison } from "../domain/comparison.ts"
import { excuses, isOfGate } from "../domain/excuses.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { metricDefinition } from "../domain/metricDefinitions.ts"
import { pointText } from "../domain/plan.ts"
import type { Verdict } from "../domain/verdict.ts"
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

/**
 * Compares the arms of a cell, the baseline first. A gate that is waived is shown and does not decide. Where the
 * baseline has no run, what the candidate does alone is judged all the same, and cannot pass.
 */
export const judgeCell = (place: CellPlace, all: readonly ArmRecords[], judging: Judging): JudgedCell => {
  const usable = usableOf(place, all)
  const candidate = all.at(-1)
  if (candidate === undefined || candidate.records.length === 0)
    return { cell: unjudged(place, usable, place.candidate), comparison: null }
  const lacking = all.find(({ records }) => records.length === 0)
  const arms = lacking === undefined ? all : [candidate]
  const { rules, alpha } = judging
  const options = { alpha, ...(rules !== null && { gates: rules }) }
  const comparison = compareArms(arms, options)
  const gates = comparison.gates.map((gate): CellGate => {
    const waiver = judging.waivers.find((one) => excuses(one, place, gate.name, judging.now))
    return { ...gate, ...judgedBy(gate.name, rules), waiver: waiver?.id ?? null, tier: null }
  })
  const left = rules?.filter(({ name }) => !gates.some((gate) => gate.waiver !== null && isOfGate(gate.name, name)))
  const isWaived = left !== undefined && left.length < rules!.length
  const judged = isWaived ? judgeRules(arms, left, alpha) : comparison.verdict
  const decides =
    lacking !== undefined && judged.outcome !== "fail" ? notRun(place, lacking.label) : inCampaign(judged, all)
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
      metrics: comparison.metrics
        .filter(({ name }) => shown.has(name) || isGated(rules, name))
        .map((metric) => (lacking === undefined ? metric : { ...metric, values: [null, ...metric.values] }))
    },
    comparison: lacking === undefined ? comparison : null
  }
}

/** What the rules say that are not waived. */
const judgeRules = (arms: readonly ArmRecords[], rules: readonly GateRule[], alpha: number): Ruled =>
  rules.length === 0
    ? { outcome: "pass", sentence: "Every gate is waived.", wouldDecide: null }
    : compareArms(arms, { alpha, gates: rules }).verdict

type Ruled = Pick<Verdict, "outcome" | "sentence" | "wouldDecide">

/** More repeats come on top of runs that cannot be counted, and not in their place. */
const inCampaign = (verdict: Ruled, arms: readonly ArmRecords[]): Ruled => {
  const unfit = arms.flatMap(({ label, records }) => records.flatMap(({ run }) => unfitness(label, run) ?? []))
  const { outcome, sentence, wouldDecide } = verdict
  if (wouldDecide === null || unfit.length === 0 || unfit.some(({ fix }) => fix !== null)) return verdict
  const instead = "a new campaign, in which each of its runs counts, would decide"
  return { outcome, sentence: sentence.replace(wouldDecide, () => instead), wouldDecide: instead }
}

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

const unjudged = (place: CellPlace, usable: CampaignCell["usable"], lacking: string): CampaignCell => ({
  ...emptyCell(place),
  usable,
  ...notRun(place, lacking)
})

const notRun = (place: CellPlace, lacking: string) => ({
  outcome: "inconclusive" as const,
  sentence: `Not decided: ${lacking} has no run of ${place.case}${at(place)}.`,
  wouldDecide: `a run of it on ${lacking} would decide`
})

const at = ({ point }: CellPlace): string => (pointText(point) === "" ? "" : ` at ${pointText(point)}`)

const usableOf = ({ baseline }: CellPlace, arms: readonly ArmRecords[]): readonly [number, number] => {
  const counts = arms.map(({ label, records }) => records.filter(({ run }) => unfitness(label, run) === null).length)
  return baseline === null ? [0, counts[0] ?? 0] : [counts[0] ?? 0, counts[1] ?? 0]
}

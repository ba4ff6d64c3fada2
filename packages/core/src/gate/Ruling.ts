import type { GateResult } from "../domain/comparison.ts"
import type { JsonObject } from "../domain/json.ts"
import type { Outcome, Reason } from "../domain/verdict.ts"

/** What one gate says, why, and what would settle it. */
export interface Ruling {
  readonly gate: GateResult
  readonly reasons: readonly Reason[]
  readonly wouldDecide: string | null
}

/** A ruling on a metric of several runs. */
export interface MetricRuling extends Ruling {
  /** P-value of "no worse than the rule allows"; null where nothing was tested. */
  readonly pFail: number | null
}

/** What is known of one metric when its gate has been read. */
export interface MetricFinding extends Omit<GateResult, "reason" | "interval" | "moreRunsNeeded"> {
  readonly metric: string
  readonly code: string
  /** The whole of it, for a verdict; left out: the message. */
  readonly said?: string
  readonly interval?: GateResult["interval"]
  readonly moreRunsNeeded?: number | null
  readonly evidence: JsonObject
  /** Left out: as many more runs as are needed. */
  readonly wouldDecide?: string | null
  readonly pFail: number | null
}

export const metricRuling = (found: MetricFinding): MetricRuling => {
  const { name, metric, outcome, code, message, value, margin, interval = null, evidence, pFail } = found
  const { moreRunsNeeded = null } = found
  const runs = moreRunsNeeded === null ? null : `${count(moreRunsNeeded, "more run")} per side would decide`
  return {
    gate: { name, outcome, reason: code, message, value, margin, interval, moreRunsNeeded },
    reasons: [{ code, message: found.said ?? message, evidence: { gate: name, metric, ...evidence } }],
    wouldDecide: outcome === "inconclusive" ? (found.wouldDecide ?? runs) : null,
    pFail
  }
}

/** A rule's finding: it breaks the gate, or keeps it from passing. */
export interface Objection {
  readonly outcome: "fail" | "inconclusive"
  readonly reason: Reason
  readonly wouldDecide?: string
}

/** No objection is a pass; any failure outweighs every doubt. */
export const rule = (
  gate: Pick<GateResult, "name" | "value" | "margin">,
  objections: readonly Objection[],
  passed: Reason
): Ruling => {
  const outcome = worstOutcome(objections.map((objection) => objection.outcome))
  const deciding = objections.filter((objection) => objection.outcome === outcome)
  const reasons = outcome === "pass" ? [passed] : objections.map((objection) => objection.reason)
  const { code, message } = deciding[0]?.reason ?? passed
  return {
    gate: {
      ...gate,
      outcome,
      reason: code,
      message,
      interval: null,
      moreRunsNeeded: null
    },
    // Gates on several candidates give reasons of the same code.
    reasons: reasons.map((reason) => ({ ...reason, evidence: { gate: gate.name, ...reason.evidence } })),
    wouldDecide: outcome === "inconclusive" ? (deciding.find((one) => one.wouldDecide)?.wouldDecide ?? null) : null
  }
}

export const worstOutcome = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.includes("fail") ? "fail" : outcomes.includes("inconclusive") ? "inconclusive" : "pass"

/** Numbers for a sentence: three digits, small ones as powers of ten. */
export const short = (x: number): string =>
  x !== 0 && Math.abs(x) < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(3)))

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`

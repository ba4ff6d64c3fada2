import type { Measurement } from "../compare/Measurement.ts"
import type { Repeats } from "../compare/Repeats.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { holm } from "../math/multiplicity.ts"
import { defaultRules } from "./defaultRules.ts"
import { failureGate } from "./failureGate.ts"
import { limitGate } from "./limitGate.ts"
import { type MetricSubject, nothingToCompareWith, type Obstacle, otherWork, tooFewValues } from "./metricObstacles.ts"
import { regressionGate, undecided } from "./regressionGate.ts"
import type { MetricRuling } from "./Ruling.ts"

/**
 * The gates on metrics: one per rule, request and candidate. A rule speaks of a request that is a benchmark or reports
 * the metric. Without rules the usual ones judge every benchmark, and leave out percentiles that its runs are too short
 * for. Where the sides were asked different requests under one name, the candidate's stands for both.
 */
export const metricGates = (
  { labels, repeats, comparability }: Measurement,
  rules: readonly GateRule[] | null,
  alpha: number
): readonly MetricRuling[] => {
  const judged = repeats
    .map((request) => ({ request, own: rulesFor(request, rules) }))
    .filter(({ own }) => own.length > 0)
  // An arm alone can still be held to a limit.
  const candidates = labels.length === 1 ? [0] : labels.slice(1).map((_, index) => index + 1)
  const severalRequests = new Set(judged.map(({ request }) => request.case)).size > 1
  const rulings = judged.flatMap(({ request, own }) =>
    candidates.flatMap((candidate) => {
      const twin = twinOf(request, repeats, candidate)
      if (twin !== null && !request.asked[candidate]) return []
      const suffix = `${candidates.length > 1 ? `:${labels[candidate]}` : ""}${severalRequests ? `:${request.case}` : ""}`
      return own.flatMap((rule) => {
        const name = `${rule.name}${suffix}`
        const subject = { name, repeats: request, candidate, labels, alpha, failuresAllowed: failuresAllowed(own) }
        if (rules === null && tooFewValues(rule.metric, subject) !== null) return []
        return ruleOn(rule, subject, candidate === 0 ? nothingToCompareWith(subject) : twin && otherWork(comparability))
      })
    })
  )
  return named(rulings)
}

type MetricRule = Extract<GateRule, { readonly metric: string }>

const rulesFor = ({ kind, fit, answered }: Repeats, rules: readonly GateRule[] | null): readonly MetricRule[] => {
  const reports = (metric: string): boolean => answered.flat().some(({ run }) => metric in run.metrics)
  const onMetrics = (rules ?? []).filter((rule) => "metric" in rule)
  if (rules !== null) return onMetrics.filter(({ metric }) => kind === "benchmark" || reports(metric))
  if (kind !== "benchmark" || fit.length < 2) return []
  const shared = answered.map((records) => new Set(records.flatMap(({ run }) => Object.keys(run.metrics))))
  const [first = new Set<string>(), ...others] = shared
  return defaultRules([...first].filter((metric) => others.every((arm) => arm.has(metric)))).filter(
    (rule) => "metric" in rule
  )
}

/** What is allowed where no rule speaks of failures. */
const usualFailures = 0.01

const failuresAllowed = (rules: readonly MetricRule[]): number =>
  Math.max(
    ...rules.flatMap((rule) =>
      rule.metric !== "failure_rate" ? [] : "max" in rule ? [rule.max] : [rule.maxRegression]
    ),
    rules.some(({ metric }) => metric === "failure_rate") ? 0 : usualFailures
  )

/** What only one of baseline and candidate was asked, and the other one instead of it; null: there is no such. */
const twinOf = (request: Repeats, all: readonly Repeats[], candidate: number): Repeats | null => {
  if (request.asked[0] === request.asked[candidate]) return null
  const other = request.asked[0] ? candidate : 0
  return all.find((one) => one !== request && one.case === request.case && one.asked[other]) ?? null
}

/** `incomparable`: what keeps the candidate from being compared at all; its own value can still be held to a limit. */
const ruleOn = (rule: MetricRule, subject: MetricSubject, incomparable: Obstacle | null): MetricRuling => {
  if ("max" in rule) return limitGate(rule, subject)
  if (incomparable !== null) return undecided(rule, subject, incomparable)
  return rule.metric === "failure_rate" ? failureGate(rule, subject) : regressionGate(rule, subject)
}

/** Passing all gates needs no correction; naming the one that failed does. */
const named = (rulings: readonly MetricRuling[]): readonly MetricRuling[] => {
  const tested = rulings.filter(({ pFail }) => pFail !== null)
  const adjusted = new Map(holm(tested.map(({ pFail }) => pFail ?? 1)).map((p, index) => [tested[index]!, p]))
  return rulings.map((ruling) => {
    const p = adjusted.get(ruling)
    if (p === undefined || ruling.gate.outcome !== "fail") return ruling
    return {
      ...ruling,
      reasons: ruling.reasons.map((reason) => ({ ...reason, evidence: { ...reason.evidence, p_fail_holm: p } }))
    }
  })
}

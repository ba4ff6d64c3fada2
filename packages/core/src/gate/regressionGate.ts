import { geometricMean, ratioScale, runSeries, type RunSeries } from "../compare/compareRepeats.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { metricDefinition } from "../domain/metricDefinitions.ts"
import { variance } from "../math/moments.ts"
import { nonInferiority, type NonInferiority, type NonInferiorityReason, runsToTell } from "../math/nonInferiority.ts"
import {
  absent,
  failuresFlatter,
  type MetricSubject,
  type Obstacle,
  setAside,
  tooFewValues,
  usualRuns,
  workDiffers
} from "./metricObstacles.ts"
import { count, metricRuling, type MetricFinding, type MetricRuling } from "./Ruling.ts"
import { percent, percentRange, share } from "./words.ts"

/** The fewest runs per arm that carry an interval. */
const leastRuns = 3
const power = 0.9
/** Above this many runs per arm the answer is that runs will not settle it. */
const mostRuns = 10_000

export type RegressionRule = Extract<GateRule, { readonly maxRegression: number }>

/**
 * Whether a metric is worse than the baseline by more than the rule allows: a test of non-inferiority on the logarithms
 * of one statistic per run. Three-valued; what keeps it from being judged is named before any number is looked at.
 */
export const regressionGate = (rule: RegressionRule, subject: MetricSubject): MetricRuling => {
  const better = metricDefinition(rule.metric)?.better ?? null
  if (better === null)
    return undecided(rule, subject, {
      code: "metric-unknown",
      message: `no definition of ${rule.metric} says which way is better`
    })
  const obstacle = absent(rule.metric, subject) ?? tooFewValues(rule.metric, subject)
  if (obstacle !== null) return undecided(rule, subject, obstacle)
  const series = runSeries(subject.repeats, subject.candidate, rule.metric, better)
  if (series === null)
    return undecided(rule, subject, {
      code: "zero-baseline",
      message: `${rule.metric} is not above 0 in every run, so that it has no ratio`
    })
  const runs = Math.min(series.baseline.length, series.candidate.length)
  if (runs < leastRuns)
    return undecided(rule, subject, {
      code: "too-few-runs",
      message: `latency is shown and not judged: ${runs === 1 ? "one run" : count(runs, "run")} per side cannot tell a change from noise`,
      value: shownRatio(series, better),
      moreRunsNeeded: Math.max(1, usualRuns - runs)
    })
  const test = nonInferiority(series.baseline, series.candidate, {
    marginPercent: 100 * rule.maxRegression,
    alpha: subject.alpha,
    paired: series.paired
  })
  return ruled(rule, subject, series, test, better)
}

const ruled = (
  rule: RegressionRule,
  subject: MetricSubject,
  series: RunSeries,
  test: NonInferiority,
  better: "lower" | "higher"
): MetricRuling => {
  const { ratio, interval } = ratioScale(test.logRatio, test.interval, better)
  const range = interval === null ? "" : ` (${percentRange(interval)})`
  const said = `${what(rule, subject)} moved by ${percent(ratio)}${range}${tail(test.reason, share(rule.maxRegression))}`
  const evidence = {
    ratio,
    interval,
    margin: rule.maxRegression,
    runs: [series.baseline.length, series.candidate.length],
    paired: series.paired,
    p_fail: 1 - test.p
  }
  const obstacle =
    workDiffers(subject) ?? (test.outcome === "pass" ? (setAside(subject) ?? failuresFlatter(subject)) : null)
  if (obstacle !== null)
    return undecided(rule, subject, { value: ratio, interval, ...obstacle, said: `${said}, but ${obstacle.message}` })
  return metricRuling({
    name: subject.name,
    metric: rule.metric,
    outcome: test.outcome,
    code: test.reason,
    message: said,
    value: ratio,
    margin: rule.maxRegression,
    interval,
    evidence,
    ...(test.outcome === "inconclusive" && moreRuns(rule, subject, series, test)),
    pFail: 1 - test.p
  })
}

const tail = (reason: NonInferiorityReason, margin: string): string => {
  switch (reason) {
    case "equivalent":
      return `, less than ${margin} either way`
    case "improved":
      return ": better"
    case "slower-within-margin":
      return `: worse, within the ${margin} that is allowed`
    case "non-inferior":
      return `, not ${margin} worse`
    case "regressed-beyond-margin":
      return `, beyond the ${margin} that is allowed`
    case "regressed-size-uncertain":
      return `: worse, but whether by more than ${margin} is open`
    case "underpowered":
    case "no-ci":
      return `: too uncertain for a margin of ${margin}`
  }
}

/** A gate that nothing was tested for, and why. */
export const undecided = (rule: RegressionRule, subject: MetricSubject, obstacle: Obstacle): MetricRuling =>
  metricRuling({
    value: null,
    evidence: {},
    ...obstacle,
    name: subject.name,
    metric: rule.metric,
    outcome: "inconclusive",
    margin: rule.maxRegression,
    pFail: null
  })

const what = ({ metric }: RegressionRule, { labels, candidate }: MetricSubject): string =>
  `${metric} of ${labels[candidate]}`

const shownRatio = ({ baseline, candidate }: RunSeries, better: "lower" | "higher"): number => {
  const ratio = geometricMean(candidate) / geometricMean(baseline)
  return better === "lower" ? ratio : 1 / ratio
}

/** From the spread seen so far, to the nearer decision: that it is within the margin, or that it is not. */
const moreRuns = (
  { maxRegression }: RegressionRule,
  { alpha }: MetricSubject,
  { baseline, candidate, paired }: RunSeries,
  { logRatio }: NonInferiority
): Pick<MetricFinding, "moreRunsNeeded" | "wouldDecide"> => {
  const [a, b] = [baseline, candidate].map((values) => values.map(Math.log)) as [number[], number[]]
  const spread = paired ? variance(b.map((value, i) => value - a[i]!)) : variance(a) + variance(b)
  const distance = Math.abs(Math.log1p(maxRegression) - logRatio)
  const needed = runsToTell(spread, distance, (n) => (paired ? n - 1 : 2 * n - 2), { alpha, power, most: mostRuns })
  const made = Math.min(baseline.length, candidate.length)
  const moreRunsNeeded = Math.max(1, needed - made)
  if (needed < mostRuns) return { moreRunsNeeded }
  return {
    moreRunsNeeded,
    wouldDecide: `more than ${mostRuns} runs per side would be needed; runs that differ less, or a wider margin, would decide`
  }
}

import type { RunRecord } from "../compare/Arms.ts"
import { geometricMean } from "../compare/compareRepeats.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { percentileOf, splitMetric } from "../domain/metricDefinitions.ts"
import type { Sample } from "../domain/sample.ts"
import type { Outcome } from "../domain/verdict.ts"
import { clopperPearson } from "../math/binomial.ts"
import { mean, variance } from "../math/moments.ts"
import { quantile } from "../math/quantile.ts"
import { tQuantile } from "../math/studentT.ts"
import { requestsToPass } from "./failureGate.ts"
import { failuresOf } from "./failures.ts"
import {
  absent,
  type MetricSubject,
  type Obstacle,
  setAside,
  withoutRuns,
  tooFewValues,
  usualRuns
} from "./metricObstacles.ts"
import { count, metricRuling, type MetricRuling, short } from "./Ruling.ts"

export type LimitRule = Extract<GateRule, { readonly max: number }>

/** What was found of a limit before runs that cannot be counted are thought of. */
interface Finding {
  readonly outcome: Outcome
  readonly code: string
  readonly message: string
  readonly value: number | null
  readonly moreRunsNeeded?: number
  readonly wouldDecide?: string
}

/**
 * Whether an arm's own value stays within a limit, whatever the baseline does.
 *
 * A failure rate and a percentile whose requests were timed are shares of requests (Clopper-Pearson); anything else is
 * one value per run with Student's t over runs.
 */
export const limitGate = (rule: LimitRule, subject: MetricSubject): MetricRuling => {
  const own = { ...subject, repeats: { ...subject.repeats, fit: onlyArm(subject) } }
  const found = within(rule, own)
  const unfit = setAside({
    ...subject,
    labels: subject.labels.map((label, arm) => (arm === subject.candidate ? label : ""))
  })
  const settled: Finding =
    unfit === null || found.outcome !== "pass"
      ? found
      : {
          ...found,
          outcome: "inconclusive",
          code: unfit.code,
          message: `${found.message}, but ${unfit.message}`,
          moreRunsNeeded: unfit.moreRunsNeeded ?? 1
        }
  const { metric, max } = rule
  const { value, moreRunsNeeded } = settled
  return metricRuling({
    ...(moreRunsNeeded !== undefined && { wouldDecide: `${count(moreRunsNeeded, "more run")} would decide` }),
    ...settled,
    name: subject.name,
    metric,
    margin: max,
    evidence: { value, max },
    pFail: null
  })
}

/** The arm that is judged stands for the baseline too, so that only it can lack something. */
const onlyArm = ({ repeats: { fit }, candidate }: MetricSubject): readonly (readonly RunRecord[])[] =>
  fit.map(() => fit[candidate] ?? [])

const within = (rule: LimitRule, subject: MetricSubject): Finding => {
  const records = subject.repeats.fit[subject.candidate] ?? []
  if (rule.metric === "failure_rate") return failuresWithin(rule, subject, records)
  const goodness = shareWithin(rule, records)
  if (goodness !== null) return judgeShare(rule, subject, goodness)
  const obstacle = absent(rule.metric, subject) ?? tooFewValues(rule.metric, subject)
  if (obstacle !== null) return unsettled(obstacle)
  return runsWithin(
    rule,
    subject,
    records.map(({ run }) => run.metrics[rule.metric]!.value)
  )
}

const unsettled = ({ code, message, moreRunsNeeded, wouldDecide }: Obstacle): Finding => ({
  outcome: "inconclusive",
  value: null,
  code,
  message,
  ...(moreRunsNeeded == null ? {} : { moreRunsNeeded }),
  ...(wouldDecide === undefined ? {} : { wouldDecide })
})

const failuresWithin = ({ max }: LimitRule, subject: MetricSubject, records: readonly RunRecord[]): Finding => {
  const label = subject.labels[subject.candidate]
  const none = withoutRuns(subject)
  if (none !== null) return unsettled(none)
  const failures = failuresOf(records)
  if (failures === null)
    return {
      outcome: "inconclusive",
      code: "failures-unknown",
      message: `${label} does not tell how many requests failed`,
      value: null,
      wouldDecide: `1 run on ${label} that tells its failures would decide`
    }
  const { hits, n } = failures
  const [low, high] = clopperPearson(hits, n)!
  const said = `${hits} of ${count(n, "request")} failed on ${label}`
  const value = hits / n
  if (high <= max) return { outcome: "pass", code: "within-limit", message: said, value }
  if (low > max) return { outcome: "fail", code: "beyond-limit", message: said, value }
  return {
    outcome: "inconclusive",
    code: "failures-uncertain",
    message: `${said}: too few requests to tell ${short(100 * max)} % from more`,
    value,
    wouldDecide: `${count(requestsToPass(failures, max), "more request")} would decide`
  }
}

interface Goodness {
  readonly good: number
  readonly n: number
  /** How many independent requests these are worth: fewer where runs differ by more than chance. */
  readonly worth: number
  /** The percentile itself, over all requests; null where so many failed that it has no value. */
  readonly value: number | null
}

/** Requests within the limit, where the samples tell each one's time; a failed request is not within it. */
const shareWithin = ({ metric, max }: LimitRule, records: readonly RunRecord[]): Goodness | null => {
  const time = timeOf[splitMetric(metric).stem]
  const percentile = percentileOf(metric)
  if (time === undefined || percentile === null || records.length === 0) return null
  const runs: { good: number; n: number }[] = []
  const all: number[] = []
  for (const { samples = [] } of records) {
    const times = samples.map((sample) => (sample.error === null ? time(sample) : Infinity))
    const known = times.filter((ms) => ms !== null)
    if (times.length === 0 || known.length < times.length) return null
    runs.push({ good: known.filter((ms) => ms <= max).length, n: known.length })
    all.push(...known)
  }
  const good = runs.reduce((sum, run) => sum + run.good, 0)
  const n = runs.reduce((sum, run) => sum + run.n, 0)
  const p = good / n
  const chance = runs.reduce(
    (sum, run) => sum + (p * (1 - p) === 0 ? 0 : (run.good - run.n * p) ** 2 / (run.n * p * (1 - p))),
    0
  )
  const value = quantile(all, percentile)
  return {
    good,
    n,
    worth: n / Math.max(1, runs.length < 2 ? 1 : chance / (runs.length - 1)),
    value: Number.isFinite(value) ? value : null
  }
}

const timeOf: { readonly [stem: string]: ((sample: Sample) => number | null) | undefined } = {
  ttft_ms: ({ ttftMs }) => ttftMs,
  e2e_latency_ms: ({ e2eMs }) => e2eMs
}

const judgeShare = (
  { metric, max }: LimitRule,
  subject: MetricSubject,
  { good, n, worth, value }: Goodness
): Finding => {
  const wanted = percentileOf(metric)!
  const [low, high] = clopperPearson((good / n) * worth, worth)!
  const said = `${good} of ${count(n, "request")} on ${subject.labels[subject.candidate]} stay within ${short(max)} ms of ${metric}`
  if (low >= wanted) return { outcome: "pass", code: "within-limit", message: said, value }
  if (high < wanted) return { outcome: "fail", code: "beyond-limit", message: said, value }
  const missed = { hits: (1 - good / n) * worth, n: worth }
  return {
    outcome: "inconclusive",
    code: "limit-uncertain",
    message: `${said}: too few to tell whether ${short(100 * wanted)} % do`,
    value,
    wouldDecide: `${count(Math.ceil(requestsToPass(missed, 1 - wanted)), "more request")} would decide`
  }
}

const runsWithin = (
  { metric, max }: LimitRule,
  { labels, candidate, alpha }: MetricSubject,
  values: readonly number[]
): Finding => {
  const value = values.every((one) => one > 0) ? geometricMean(values) : mean(values)
  const said = `${metric} of ${labels[candidate]} is ${short(value)} over ${count(values.length, "run")}`
  if (values.length < 3)
    return {
      outcome: "inconclusive",
      code: "too-few-runs",
      message: `${said}: too few runs for a limit of ${short(max)}`,
      value,
      moreRunsNeeded: usualRuns - values.length
    }
  const middle = mean(values)
  const half = tQuantile(1 - alpha, values.length - 1) * Math.sqrt(variance(values) / values.length)
  if (middle + half <= max)
    return { outcome: "pass", code: "within-limit", message: `${said}, within ${short(max)}`, value }
  if (middle - half > max)
    return { outcome: "fail", code: "beyond-limit", message: `${said}, above ${short(max)}`, value }
  return {
    outcome: "inconclusive",
    code: "limit-uncertain",
    message: `${said}: too uncertain for a limit of ${short(max)}`,
    value,
    moreRunsNeeded: usualRuns
  }
}

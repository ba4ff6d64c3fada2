import { geometricMean } from "../compare/compareRepeats.ts"
import type { Repeats } from "../compare/Repeats.ts"
import type { Comparability } from "../domain/comparison.ts"
import type { JsonObject } from "../domain/json.ts"
import type { Run } from "../domain/run.ts"
import { failuresOf } from "./failures.ts"
import { count, short } from "./Ruling.ts"
import { valuesNeededBy, valuesOf } from "./sampleSize.ts"
import { share } from "./words.ts"

/** Runs per arm from which a comparison of runs has its usual power. */
export const usualRuns = 5

/** What a gate on a metric judges: the repeats of one request on the baseline and on one candidate. */
export interface MetricSubject {
  /** The gate's name, with what tells it from its like. */
  readonly name: string
  readonly repeats: Repeats
  /** Index of the arm. */
  readonly candidate: number
  readonly labels: readonly string[]
  readonly alpha: number
  /** Share of requests that may fail beyond the baseline's without the times of the others being doubted. */
  readonly failuresAllowed: number
}

/** What keeps a metric from being judged. */
export interface Obstacle {
  readonly code: string
  readonly message: string
  /** With what was measured all the same. */
  readonly said?: string
  readonly value?: number
  readonly interval?: readonly [number, number] | null
  readonly moreRunsNeeded?: number | null
  readonly wouldDecide?: string
  readonly evidence?: JsonObject
}

/** An arm that is alone. */
export const nothingToCompareWith = ({ labels, candidate }: MetricSubject): Obstacle => ({
  code: "no-baseline",
  message: `there is nothing to compare ${labels[candidate]} with`,
  wouldDecide: "a second backend, or a baseline to run against, would decide"
})

/** Sides that were asked different things under one name. */
export const otherWork = ({ differences }: Comparability): Obstacle => {
  const paths = differences.filter(({ path }) => path.startsWith("request.")).map(({ path }) => path)
  return {
    code: "not-comparable",
    message: `the sides did not do the same work: they differ in ${paths.join(", ")}`,
    wouldDecide: "runs of the same request on both sides would decide",
    evidence: { paths }
  }
}

/** A side without a run that counts. */
export const withoutRuns = (subject: MetricSubject): Obstacle | null => {
  const { repeats, labels, candidate } = subject
  const empty = [0, candidate].find((arm) => (repeats.fit[arm] ?? []).length === 0)
  if (empty === undefined) return null
  const message = `${labels[empty]} has no run of ${repeats.case}`
  return setAside(subject) ?? { code: "no-data", message, moreRunsNeeded: usualRuns }
}

/** A metric that a run does not report, and a side without a run that counts. */
export const absent = (metric: string, subject: MetricSubject): Obstacle | null => {
  const { repeats, labels, candidate } = subject
  const none = withoutRuns(subject)
  if (none !== null) return none
  for (const arm of [0, candidate]) {
    const records = repeats.fit[arm] ?? []
    const silent = records.filter(({ run }) => run.metrics[metric] === undefined).length
    if (silent > 0)
      return {
        code: "metric-missing",
        message: `${silent} of ${count(records.length, "run")} on ${labels[arm]} report no ${metric}`,
        wouldDecide: `${count(silent, "run")} that report it would decide`
      }
  }
  return null
}

/** A percentile that a run has too few values for. */
export const tooFewValues = (metric: string, { repeats, candidate, labels }: MetricSubject): Obstacle | null => {
  const needed = valuesNeededBy(metric)
  if (needed === null || repeats.kind !== "benchmark") return null
  for (const arm of [0, candidate]) {
    const counts = (repeats.fit[arm] ?? []).map((record) => valuesOf(metric, record))
    if (counts.includes(null))
      return {
        code: "too-few-samples",
        message: `${labels[arm]} does not tell how many values ${metric} was read from; it needs ${needed} per run`,
        wouldDecide: `${needed} values per run would decide`
      }
    const least = Math.min(...counts.map((n) => n ?? 0))
    if (least < needed)
      return {
        code: "too-few-samples",
        message: `${metric} needs ${needed} values per run to be judged, and a run on ${labels[arm]} has ${least}`,
        wouldDecide: `${count(needed - least, "more value")} per run would decide`,
        evidence: { n: least, needed }
      }
  }
  return null
}

/** Runs that failed or are invalid are left out, but never without a word. */
export const setAside = ({ repeats: { unfit }, labels, candidate }: MetricSubject): Obstacle | null => {
  const own = unfit.filter(({ arm }) => arm === labels[0] || arm === labels[candidate])
  const [first] = own
  if (first === undefined) return null
  const perSide = Math.max(...[0, candidate].map((arm) => own.filter((one) => one.arm === labels[arm]).length))
  return {
    code: "invalid-run",
    message: `${count(own.length, "run")} of it cannot be counted (${first.arm}: ${first.message})`,
    moreRunsNeeded: perSide
  }
}

/** Slow requests that fail flatter the times of the others: no more may fail than on the baseline and a rule allows. */
export const failuresFlatter = ({ repeats, candidate, labels, failuresAllowed }: MetricSubject): Obstacle | null => {
  const [a, b] = [0, candidate].map((arm) => failuresOf(repeats.fit[arm] ?? []))
  if (a == null || b == null || b.hits / b.n <= a.hits / a.n + failuresAllowed) return null
  return {
    code: "failures-flatter",
    message: `${b.hits} of ${count(b.n, "request")} failed on ${labels[candidate]} (${a.hits} of ${a.n} on ${labels[0]}), and these are the times of the others`,
    wouldDecide: `${usualRuns} runs per side in which at most ${share(failuresAllowed)} more fail would decide`
  }
}

/** Times of other amounts of work are no comparison: more than 1 % apart in requests per run, or in tokens per request. */
export const workDiffers = ({ repeats, candidate, labels }: MetricSubject): Obstacle | null => {
  const differ = (amount: (run: Run) => number): readonly [number, number] | null => {
    const [a, b] = [0, candidate].map((arm) => {
      const each = (repeats.fit[arm] ?? []).map(({ run }) => amount(run))
      return each.length > 0 && each.every((value) => value > 0) ? geometricMean(each) : null
    })
    return a == null || b == null || Math.abs(Math.log(b / a)) <= Math.log(1.01) ? null : [a, b]
  }
  const [baseline, other] = [labels[0], labels[candidate]]
  const sent = differ(sentOf)
  if (sent !== null)
    return {
      code: "work-differs",
      message: `${baseline} was sent ${short(sent[0])} requests per run and ${other} ${short(sent[1])}`,
      wouldDecide: `${usualRuns} runs per side that send as many requests would decide`
    }
  const tokens = differ(tokensPerRequest)
  if (tokens === null) return null
  return {
    code: "work-differs",
    message: `${baseline} generated ${tokens[0].toFixed(1)} tokens per request and ${other} ${tokens[1].toFixed(1)}`,
    wouldDecide: `${usualRuns} runs per side that generate as many tokens would decide`
  }
}

const tokensPerRequest = ({ metrics }: Run): number => {
  const [tokens, requests] = [metrics["output_tokens"]?.value, metrics["completed"]?.value]
  return tokens !== undefined && requests !== undefined && requests > 0 ? tokens / requests : NaN
}

/** Of runs that were asked for a number of prompts: one that goes on for a time sends as many as it can. */
const sentOf = ({ request, metrics }: Run): number =>
  "benchmark" in request && "num-prompts" in request.benchmark.set ? (metrics["sent"]?.value ?? NaN) : NaN

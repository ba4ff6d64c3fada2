import { clopperPearson } from "../math/binomial.ts"
import { fisherExact } from "../math/fisherExact.ts"
import { type Failures, failuresOf } from "./failures.ts"
import { type MetricSubject, withoutRuns } from "./metricObstacles.ts"
import { type RegressionRule, undecided } from "./regressionGate.ts"
import { count, metricRuling, type MetricRuling } from "./Ruling.ts"
import { share } from "./words.ts"

/**
 * Whether more requests fail than on the baseline: dropping slow failures flatters every latency. Requests are the
 * unit here. It fails where chance does not explain the difference (Fisher), and passes where nothing failed or the
 * share is surely below the baseline's and what the rule allows on top of it (Clopper-Pearson).
 */
export const failureGate = (rule: RegressionRule, subject: MetricSubject): MetricRuling => {
  const { name, repeats, candidate, labels, alpha } = subject
  const gate = { name, metric: rule.metric, margin: rule.maxRegression }
  const none = withoutRuns(subject)
  if (none !== null) return undecided(rule, subject, none)
  const [a, b] = [0, candidate].map((arm) => failuresOf(repeats.fit[arm] ?? [])) as [Failures | null, Failures | null]
  if (a === null || b === null) {
    const silent = labels[a === null ? 0 : candidate]
    return metricRuling({
      ...gate,
      outcome: "inconclusive",
      code: "failures-unknown",
      message: `${silent} does not tell how many requests failed`,
      value: null,
      evidence: {},
      wouldDecide: `1 run on ${silent} that tells its failures would decide`,
      pFail: null
    })
  }
  const p = fisherExact(a, b) ?? 1
  const limit = a.hits / a.n + rule.maxRegression
  const high = clopperPearson(b.hits, b.n)![1]
  const said = `${b.hits} of ${count(b.n, "request")} failed on ${labels[candidate]}, ${a.hits} of ${a.n} on ${labels[0]}`
  const outcome = p <= alpha ? "fail" : b.hits === 0 || high <= limit ? "pass" : "inconclusive"
  const code = outcome === "fail" ? "more-failures" : outcome === "pass" ? "no-more-failures" : "failures-uncertain"
  return metricRuling({
    ...gate,
    outcome,
    code,
    message: outcome === "inconclusive" ? `${said}: too few requests to tell ${share(limit)} from more` : said,
    value: b.hits / b.n,
    evidence: { failed: [a.hits, b.hits], sent: [a.n, b.n], p, upper95: high, limit },
    wouldDecide: `${count(requestsToPass(b, limit), "more request")} would decide`,
    pFail: p
  })
}

/** Requests on top of these that would show the share to be below the limit, if it stays what it is. */
export const requestsToPass = ({ hits, n }: Failures, limit: number): number => {
  for (let times = 2; times <= 64; times *= 2) {
    if (clopperPearson(hits * times, n * times)![1] <= limit) return n * (times - 1)
  }
  return 63 * n
}

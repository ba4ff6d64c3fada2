import type { CandidateMeasurement, Measurement } from "../compare/Measurement.ts"
import type { TokenMeasurement } from "../compare/measureTokens.ts"
import type { GateRule } from "../domain/gateRule.ts"
import type { RunKind } from "../domain/workload.ts"
import { rule as ruleOf, type Ruling } from "./Ruling.ts"
import { scoreGate, withEnoughItems } from "./scoreGate.ts"
import { scoreLimits, type ScoreRule } from "./scoreLimits.ts"
import { tokenGate } from "./tokenGate.ts"

type TokenRule = Extract<GateRule, { readonly parity: "token" }>

/** The rules on tokens and scores, wherever the arms were asked for some. */
export const parityRules = (
  { labels, candidates, repeats }: Measurement,
  rules: readonly GateRule[]
): readonly Ruling[] => {
  const asked = (kind: RunKind): boolean => repeats.some((request) => request.kind === kind)
  if (candidates.length === 0) {
    const open = rules.filter((rule) => "parity" in rule && asked(rule.parity === "token" ? "generate" : "score"))
    return open.map(({ name }) =>
      nothingToCompare(name, "no-baseline", `there is nothing to compare ${labels[0]} with`)
    )
  }
  return candidates.flatMap((candidate) =>
    rules.flatMap((rule) => {
      if (!("parity" in rule)) return []
      const name = candidates.length > 1 ? `${rule.name}:${candidate.label}` : rule.name
      if (rule.parity === "token") return asked("generate") ? tokensRuled(name, rule, candidate) : []
      return asked("score") ? scoresRuled(name, rule, candidate) : []
    })
  )
}

const tokensRuled = (name: string, { tolerance }: TokenRule, candidate: CandidateMeasurement): Ruling => {
  const { tokens } = candidate
  if (tokens === null) return nothingToCompare(name, "no-data", "no token trace is on both sides")
  if (tolerance === undefined) return tokenGate(name, candidate, tokens)
  const { row } = candidate.tolerance
  const source = "given by the gate"
  const limited = { row: { ...row, mean: tolerance, rms: tolerance, p99: tolerance }, undeclared: [], source }
  return tokenGate(name, { ...candidate, tolerance: limited }, withTolerance(tokens, tolerance, source))
}

const withTolerance = (tokens: TokenMeasurement, value: number, source: string): TokenMeasurement => ({
  ...tokens,
  parity: { ...tokens.parity, tolerance: { value, source } }
})

const scoresRuled = (name: string, rule: ScoreRule, candidate: CandidateMeasurement): Ruling => {
  const { scores } = candidate
  if (scores === null) return nothingToCompare(name, "no-data", "no score is on both sides")
  const isLimited = rule.maxAbsDelta !== undefined || rule.maxRankFlips !== undefined
  return isLimited
    ? scoreLimits(name, rule, scores)
    : withEnoughItems(scoreGate(name, candidate, scores), scores.distinctItems)
}

const nothingToCompare = (name: string, code: "no-data" | "no-baseline", message: string): Ruling =>
  ruleOf(
    { name, value: null, margin: null },
    [
      {
        outcome: "inconclusive",
        reason: { code, message, evidence: { gate: name } },
        wouldDecide:
          code === "no-data"
            ? "1 answered run per side would decide"
            : "a second backend, or a baseline to run against, would decide"
      }
    ],
    { code: "within-tolerance", message: "", evidence: {} }
  )

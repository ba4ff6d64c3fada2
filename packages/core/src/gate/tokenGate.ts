import type { CandidateMeasurement } from "../compare/Measurement.ts"
import type { TokenMeasurement } from "../compare/measureTokens.ts"
import { toleranceRows } from "../compare/toleranceClass.ts"
import type { JsonObject } from "../domain/json.ts"
import { clopperPearson } from "../math/binomial.ts"
import { count, type Objection, rule, type Ruling, short } from "./Ruling.ts"

/** Less evidence than this can fail, but never pass. */
export const leastPrompts = 30
export const leastTokens = 300

/** Mean, RMS and p99 of |delta logprob| against the tolerance class, over the same ids, with nothing unexplained. */
export const tokenGate = (name: string, candidate: CandidateMeasurement, tokens: TokenMeasurement): Ruling => {
  const { parity } = tokens
  const objections = [...idObjections(candidate), ...logprobObjections(candidate, tokens), ...greedyObjections(tokens)]
  return rule(
    { name, value: parity.p99AbsDeltaLogprob, margin: parity.tolerance.value },
    objections.length > 0 ? objections : enough(tokens.distinct.prompts, tokens.distinct.positions),
    {
      code: "within-tolerance",
      message: `${count(parity.positions, "token")} in ${count(parity.prompts, "prompt")} agree to ${short(parity.maxAbsDeltaLogprob ?? 0)}`,
      evidence: { max_abs_delta_logprob: parity.maxAbsDeltaLogprob, tolerance: parity.tolerance.value }
    }
  )
}

/** What is still missing before a pass may be said; null where there are no tokens to count. */
export const enough = (prompts: number, tokens: number | null, what = "prompt"): readonly Objection[] => {
  const morePrompts = Math.max(0, leastPrompts - prompts)
  const moreTokens = tokens === null ? 0 : Math.max(0, leastTokens - tokens)
  if (morePrompts === 0 && moreTokens === 0) return []
  const needed = [
    ...(morePrompts > 0 ? [count(morePrompts, `more ${what}`)] : []),
    ...(moreTokens > 0 ? [count(moreTokens, "more token")] : [])
  ].join(" and ")
  return [
    {
      outcome: "inconclusive",
      reason: {
        code: "too-little-evidence",
        message: `${count(prompts, what)}${tokens === null ? "" : ` and ${count(tokens, "token")}`} are too few to pass on`,
        evidence: { prompts, tokens, least_prompts: leastPrompts, least_tokens: leastTokens }
      },
      wouldDecide: `${needed} would decide`
    }
  ]
}

/** The same text became other ids. */
export const idObjections = ({ divergences, tokens }: CandidateMeasurement): readonly Objection[] => {
  const misaligned = tokens?.traces.filter((trace) => trace.alignment.kind !== "same").length ?? 0
  if (misaligned === 0) return []
  const cause = divergences.find((divergence) => structuralCauses.has(divergence.cause))?.cause ?? "tokenizer-mismatch"
  return [
    failure(cause, `${count(misaligned, "prompt")} became other token ids on the two sides`, { prompts: misaligned })
  ]
}

const structuralCauses = new Set(["template-mismatch", "tokenizer-mismatch", "input-truncated"])

const counted = ({ notANumber, notALogprob, parity, gross }: TokenMeasurement): readonly Objection[] => [
  ...some(notANumber, "not-a-number", "has no value"),
  ...some(notALogprob, "not-a-logprob", "is above 0 and so no logprob"),
  ...some(parity.supportMismatch, "support-mismatch", "is impossible on one side only"),
  ...some(gross, "gross-error", "is far outside the tolerance on a likely token")
]

const some = (n: number, code: string, what: string): readonly Objection[] =>
  n === 0 ? [] : [failure(code, `the logprob at ${count(n, "position")} ${what}`, { positions: n })]

/** The same ids have other logprobs. */
export const logprobObjections = (candidate: CandidateMeasurement, tokens: TokenMeasurement): readonly Objection[] => [
  ...size(candidate, tokens),
  ...counted(tokens),
  ...missing(tokens)
]

/** A side that declares no dtype may belong to a looser class: beyond the strict row it is a doubt, not a fault. */
const size = ({ tolerance }: CandidateMeasurement, { parity }: TokenMeasurement): readonly Objection[] => {
  const steps = parity.tolerance.value - tolerance.row.p99
  const figures = [
    { what: "mean", value: parity.meanAbsDeltaLogprob, limit: tolerance.row.mean, loose: toleranceRows.bf16.mean },
    { what: "RMS", value: parity.rmsDeltaLogprob, limit: tolerance.row.rms, loose: toleranceRows.bf16.rms },
    {
      what: "99th percentile",
      value: parity.p99AbsDeltaLogprob,
      limit: parity.tolerance.value,
      loose: toleranceRows.bf16.p99 + steps
    }
  ]
  return figures.flatMap(({ what, value, limit, loose }): readonly Objection[] => {
    if (value === null || value <= limit) return []
    const message = `the ${what} difference of the logprobs is ${short(value)}, above ${short(limit)} (${parity.tolerance.source})`
    if (tolerance.undeclared.length === 0 || value > loose)
      return [failure("beyond-tolerance", message, { figure: what, value, limit })]
    return [
      {
        outcome: "inconclusive",
        reason: {
          code: "dtype-unknown",
          message,
          evidence: { figure: what, value, limit, sides: tolerance.undeclared }
        },
        wouldDecide: `the dtype of ${tolerance.undeclared.join(" and ")} would decide: bfloat16 allows ${short(loose)}`
      }
    ]
  })
}

/** From this many splits on their share is judged; with fewer, each one has to be explained. */
const leastSplits = 72
/** Of splits, that no tie explains. */
const mostGenuine = 0.05

/** Greedy outputs part where no tie explains it; of many, more than may be chance (Clopper-Pearson). */
export const greedyObjections = ({ splits, parity }: TokenMeasurement): readonly Objection[] => {
  const genuine = splits.filter((split) => split.class?.class === "genuine").length
  const open = splits.filter((split) => split.class === null || split.class.class === "unknown").length
  const evidence = { prompts: parity.greedy.prompts, genuine, unexplained: open }
  const told = splits.length - open
  const [low, high] = told < leastSplits ? [1, 1] : clopperPearson(genuine, told)!
  const said = `${count(genuine, "greedy output")} part where neither side was near a tie`
  return [
    ...(genuine === 0 || high <= mostGenuine
      ? []
      : low > mostGenuine
        ? [failure("greedy-split", said, evidence)]
        : [
            doubt(
              "greedy-split-share",
              `${said}, of ${told} that part: too few to tell ${100 * mostGenuine} % from more`,
              evidence
            )
          ]),
    ...(open === 0
      ? []
      : [
          {
            outcome: "inconclusive" as const,
            reason: {
              code: "greedy-unexplained",
              message: `${count(open, "greedy output")} part at a token whose alternatives were not recorded`,
              evidence
            },
            wouldDecide: `top logprobs at ${count(open, "split")} would decide`
          }
        ])
  ]
}

const missing = ({ untraced, parity }: TokenMeasurement): readonly Objection[] => [
  ...(untraced === 0
    ? []
    : [doubt("trace-missing", `${count(untraced, "trace")} exist on one side only`, { traces: untraced })]),
  ...(parity.positions === 0 ? [doubt("no-data", "no prompt position could be compared", {})] : [])
]

const failure = (code: string, message: string, evidence: JsonObject): Objection => ({
  outcome: "fail",
  reason: { code, message, evidence }
})

const doubt = (code: string, message: string, evidence: JsonObject): Objection => ({
  outcome: "inconclusive",
  reason: { code, message, evidence }
})

import type { Confirmation, Divergence } from "../domain/comparison.ts"
import type { JsonObject } from "../domain/json.ts"
import type { GreedySplit } from "./greedyParity.ts"
import type { ScoreMeasurement, TokenMeasurement } from "./Measurement.ts"
import type { ScoreComparison, WorstItem } from "./scoreParity.ts"
import type { ToleranceClass } from "./toleranceClass.ts"
import type { TraceComparison } from "./tracePairs.ts"

/** Labels of the baseline and the candidate. */
export type Sides = readonly [string, string]

/** Every place where the two sides part, worst first. */
export const findDivergences = (
  sides: Sides,
  tokens: TokenMeasurement | null,
  scores: ScoreMeasurement | null,
  tolerance: ToleranceClass
): readonly Divergence[] => {
  const limit = tokens?.parity.tolerance.value ?? tolerance.row.p99
  const found = [
    ...(tokens?.traces ?? []).flatMap((trace) => traceDivergence(sides, trace, limit)),
    ...(tokens?.splits ?? []).map((split) => splitDivergence(sides, split)),
    ...(scores?.requests ?? []).flatMap((request) => scoreDivergences(sides, request, tolerance.row.score))
  ]
  return found.sort((a, b) => b.severity - a.severity).map(({ divergence }) => divergence)
}

/** Severity: how many times the tolerance; a structural fault comes before every number. */
interface Ranked {
  readonly severity: number
  readonly divergence: Divergence
}

const structural = Number.MAX_VALUE

const traceDivergence = (sides: Sides, trace: TraceComparison, limit: number): readonly Ranked[] => {
  if (trace.alignment.kind !== "same") return [misalignment(sides, trace)]
  if (trace.maxAt === null || trace.maxAbs <= limit) return []
  const evidence = {
    trace: trace.trace,
    max_abs_delta_logprob: trace.maxAbs,
    tolerance: limit,
    values: named(sides, [trace.baseline.logprobs[trace.maxAt]!, trace.candidate.logprobs[trace.maxAt]!])
  }
  return [ranked(trace.maxAbs / limit, trace.case, trace.maxAt, "unexplained", evidence, ["repeat", "batch of 1"])]
}

const misalignment = (sides: Sides, { case: name, trace, alignment, baseline, candidate }: TraceComparison): Ranked => {
  const lengths = named(sides, [baseline.promptLength, candidate.promptLength])
  switch (alignment.kind) {
    case "shift":
      return ranked(
        structural,
        name,
        0,
        "template-mismatch",
        { trace, prompt_tokens: lengths, leading_tokens: alignment.by },
        ["send ids instead of text"]
      )
    case "length":
      return ranked(structural, name, alignment.common, "input-truncated", { trace, prompt_tokens: lengths }, [
        "send ids instead of text"
      ])
    case "same":
    case "ids": {
      const position = alignment.kind === "ids" ? alignment.common : 0
      const ids = named(sides, [baseline.ids[position] ?? null, candidate.ids[position] ?? null])
      const sameText = textOf(baseline.tokens) !== null && textOf(baseline.tokens) === textOf(candidate.tokens)
      const cause = sameText || textOf(baseline.tokens) === null ? "tokenizer-mismatch" : "template-mismatch"
      return ranked(structural, name, position, cause, { trace, prompt_tokens: lengths, ids, same_text: sameText }, [
        "send ids instead of text"
      ])
    }
  }
}

const textOf = (tokens: readonly (string | null)[]): string | null =>
  tokens.length === 0 || tokens.some((token) => token === null) ? null : tokens.join("")

const splitDivergence = (sides: Sides, split: GreedySplit): Ranked => {
  const cause = split.class?.class ?? "unknown"
  const evidence = {
    trace: split.trace,
    generated_before: split.index,
    tokens: named(sides, split.tokens),
    swing: split.class?.swing ?? null,
    swing_is_lower_bound: split.class?.swingIsLowerBound ?? null
  }
  return ranked(
    cause === "genuine" ? 1 : 0,
    split.case,
    split.position,
    cause === "unknown" ? "unexplained" : cause,
    evidence,
    cause === "near-tie" ? [] : ["score the union ids"]
  )
}

const scoreDivergences = (sides: Sides, request: ScoreComparison, limit: number): readonly Ranked[] => {
  if (request.broken !== null)
    return [ranked(structural, request.case, null, "unexplained", { reason: request.broken }, ["repeat"])]
  const batch = request.batchedVsSingle.flatMap((worst, side) =>
    worst === null || worst.delta <= limit ? [] : batchDivergence(sides[side]!, request, worst, limit)
  )
  if (batch.length > 0 || request.worst === null) return batch
  if (request.worst.delta <= limit && !request.rankFlip) return []
  const explained = request.worst.delta <= limit && !request.unexplainedFlip
  return [
    ranked(
      request.worst.delta / limit,
      request.case,
      null,
      explained ? "near-tie" : "unexplained",
      {
        item: request.worst.item,
        label: request.worst.label,
        values: named(sides, request.worst.values),
        max_abs_delta: request.worst.delta,
        tolerance: limit,
        rank_flip: request.rankFlip
      },
      explained ? [] : ["one by one", "repeat"]
    )
  ]
}

/** The same side gives another score to the same item when it is sent alone. */
const batchDivergence = (arm: string, request: ScoreComparison, worst: WorstItem, limit: number): Ranked =>
  ranked(
    worst.delta / limit,
    request.case,
    null,
    "batch-dependent",
    {
      arm,
      request: request.case,
      item: worst.item,
      label: worst.label,
      batched: worst.values[0],
      one_by_one: worst.values[1],
      max_abs_delta: worst.delta,
      max_abs_delta_one_by_one: request.worstOneByOne?.delta ?? null,
      tolerance: limit,
      rank_flip: request.rankFlip
    },
    ["batch of 1", "repeat", "fresh server"]
  )

const ranked = (
  severity: number,
  name: string,
  position: number | null,
  cause: string,
  evidence: JsonObject,
  actions: readonly string[]
): Ranked => ({
  severity,
  divergence: {
    case: name,
    position,
    cause,
    evidence,
    confirm: actions.map((action): Confirmation => ({ action, status: "suggested" }))
  }
})

const named = <T extends number | null>(
  [a, b]: Sides,
  [valueA, valueB]: readonly [T, T]
): { readonly [label: string]: T } => ({
  [a]: valueA,
  [b]: valueB
})

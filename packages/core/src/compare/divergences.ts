import type { Divergence } from "../domain/comparison.ts"
import { type Evidence, type Explanation, named, tokenLimit } from "./causes/Cause.ts"
import { explain } from "./causes/explain.ts"
import type { GreedySplit } from "./greedyParity.ts"
import { ranked, type Ranked } from "./Ranked.ts"
import { scoreDivergences } from "./scoreDivergences.ts"
import type { SelfCheck } from "./selfChecks.ts"
import { toleranceRows } from "./toleranceClass.ts"
import type { TraceComparison } from "./tracePairs.ts"

/** Every place where the two sides part, worst first, with its cause. */
export const findDivergences = (evidence: Evidence): readonly Divergence[] => {
  const explanation = partsInTokens(evidence) ? explain(evidence) : null
  const between = [
    ...(explanation === null ? [] : traceDivergences(evidence, explanation)),
    ...(evidence.tokens?.splits ?? []).map((split) => splitDivergence(evidence, split, explanation)),
    ...(evidence.scores?.requests ?? []).flatMap((request) => scoreDivergences(evidence, request, explanation)),
    ...crossDivergence(evidence, explanation)
  ]
  const told = new Set(between.map(({ divergence }) => `${divergence.case} ${divergence.cause}`))
  const within = worstChecks(evidence.selfChecks)
    .map((check) => selfDivergence(check, explanation))
    .filter(({ divergence }) => !told.has(`${divergence.case} ${divergence.cause}`))
  return [...between, ...within].sort((a, b) => b.severity - a.severity).map(({ divergence }) => divergence)
}

/** A case that is off in several ways is told once, by the worst of them. */
const worstChecks = (checks: readonly SelfCheck[]): readonly SelfCheck[] => {
  const worst = new Map<string, SelfCheck>()
  for (const check of checks.filter(({ isOff }) => isOff)) {
    const known = worst.get(`${check.arm} ${check.case}`)
    if (known === undefined || check.maxAbs > known.maxAbs) worst.set(`${check.arm} ${check.case}`, check)
  }
  return [...worst.values()]
}

/** Below the strictest mean there is nothing to explain. */
const partsInTokens = ({ tokens, selfChecks }: Evidence): boolean =>
  selfChecks.some(({ isOff }) => isOff) ||
  (tokens?.traces ?? []).some(
    ({ alignment, maxAbs }) => alignment.kind !== "same" || maxAbs > toleranceRows.fp32.mean
  ) ||
  (tokens?.notANumber ?? 0) > 0

/** Every prompt beyond the tolerance; where none is, the furthest one stands for what the class allows. */
const traceDivergences = (evidence: Evidence, explanation: Explanation): readonly Ranked[] => {
  const traces = evidence.tokens?.traces ?? []
  const limit = evidence.tokens?.parity.tolerance.value ?? 0
  const beyond = traces.filter(({ alignment, maxAbs }) => alignment.kind !== "same" || maxAbs > limit)
  const furthest = traces.reduce<readonly TraceComparison[]>(
    (worst, trace) => (trace.maxAbs > (worst[0]?.maxAbs ?? toleranceRows.fp32.mean) ? [trace] : worst),
    []
  )
  return (beyond.length > 0 ? beyond : furthest).map((trace) => traceDivergence(evidence, trace, limit, explanation))
}

const traceDivergence = (
  { sides }: Evidence,
  { case: name, trace, alignment, maxAbs, maxAt, baseline, candidate }: TraceComparison,
  limit: number,
  explanation: Explanation
): Ranked => {
  const by = alignment.kind === "shift" ? alignment.by : 0
  const own = {
    ...explanation.evidence,
    trace,
    ...(alignment.kind === "same"
      ? {}
      : { prompt_tokens: named(sides, [baseline.promptLength, candidate.promptLength]), alignment: alignment.kind }),
    ...(maxAt === null
      ? {}
      : {
          max_abs_delta_logprob: maxAbs,
          tolerance: limit,
          logprobs: named(sides, [baseline.logprobs[maxAt]!, candidate.logprobs[maxAt + by]!])
        })
  }
  const position = alignment.kind === "same" ? maxAt : alignment.kind === "shift" ? 0 : alignment.common
  const severity = alignment.kind === "same" ? maxAbs / limit : Number.MAX_VALUE
  return ranked(severity, name, position, explanation, own)
}

/** A split beyond a tie has the cause that the prompt's deltas have; without such a cause it is genuine. */
const splitDivergence = ({ sides }: Evidence, split: GreedySplit, explanation: Explanation | null): Ranked => {
  const kind = split.class?.class ?? "unknown"
  const why: Pick<Explanation, "cause" | "confirm"> =
    kind === "near-tie"
      ? { cause: "near-tie", confirm: [] }
      : kind === "genuine"
        ? (explanation ?? { cause: "genuine", confirm: ["score the union ids", "repeat"] })
        : { cause: "unexplained", confirm: ["score the union ids"] }
  return ranked(kind === "near-tie" ? 0 : 1, split.case, split.position, why, {
    trace: split.trace,
    generated_before: split.index,
    tokens: named(sides, split.tokens),
    swing: split.class?.swing ?? null,
    swing_is_lower_bound: split.class?.swingIsLowerBound ?? null
  })
}

/** What was generated is less likely to the other side than to the one that generated it, and no side doubts itself. */
const crossDivergence = (evidence: Evidence, explanation: Explanation | null): readonly Ranked[] => {
  const { sides, cross, selfChecks } = evidence
  const worst = cross?.worst ?? null
  const limit = tokenLimit(evidence)
  if (worst === null || worst.size <= 2 * limit) return []
  if (selfChecks.some(({ kind, isOff }) => kind === "prefill" && isOff)) return []
  const { source, scorer } = worst.continuation
  const [generated, scored] = [source, scorer].map((arm) => sides[arm === 0 ? 0 : 1].label)
  return [
    ranked(
      worst.size / limit,
      worst.case,
      worst.position,
      explanation ?? { cause: "unexplained", confirm: ["repeat"] },
      {
        trace: worst.continuation.decoded.case,
        generated_by: generated!,
        scored_by: scored!,
        logprobs: { [generated!]: worst.logprobs[0], [scored!]: worst.logprobs[1] },
        max_abs_delta_logprob: worst.size,
        tolerance: limit
      }
    )
  ]
}

const selfDivergence = (check: SelfCheck, explanation: Explanation | null): Ranked =>
  ranked(
    check.maxAbs / toleranceRows.fp32.p99,
    check.case,
    null,
    explanation ?? { cause: "unexplained", confirm: ["repeat"] },
    { arm: check.arm, probe: check.kind, max_abs_delta: check.maxAbs }
  )

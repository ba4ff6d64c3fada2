import { type Evidence, type Explanation, named } from "./causes/Cause.ts"
import { ranked, type Ranked } from "./Ranked.ts"
import { batchFault, type BatchFault, type ScoreComparison } from "./scoreParity.ts"
import type { ToleranceRow } from "./toleranceClass.ts"

/** Where one score request's two sides, or its batch and its items sent alone, part. */
export const scoreDivergences = (
  evidence: Evidence,
  request: ScoreComparison,
  explanation: Explanation | null
): readonly Ranked[] => {
  if (request.broken !== null)
    return [ranked(Number.MAX_VALUE, request.case, null, unexplained, { reason: request.broken })]
  const limit = evidence.tolerance.row.score
  const batch = ([0, 1] as const).flatMap((side) => {
    const fault = batchFault(request, side, evidence.tolerance.row)
    return fault === null ? [] : batchDivergence(evidence.sides[side].label, request, fault, evidence.tolerance.row)
  })
  if (batch.length > 0) return batch
  const { worst } = request
  if (worst === null || (worst.delta <= limit && !request.rankFlip)) return []
  const why = worst.delta <= limit && !request.unexplainedFlip ? nearTie : (explanation ?? beyondBatch(request, limit))
  return [
    ranked(worst.delta / limit, request.case, null, why, {
      item: worst.item,
      label: worst.label,
      scores: named(evidence.sides, worst.values),
      max_abs_delta: worst.delta,
      tolerance: limit,
      rank_flip: request.rankFlip
    })
  ]
}

type Why = Pick<Explanation, "cause" | "confirm">

const nearTie: Why = { cause: "near-tie", confirm: [] }
const unexplained: Why = { cause: "unexplained", confirm: ["one by one", "repeat"] }

/** Off in the batch and alone alike, while no trace says why. */
const beyondBatch = ({ worstOneByOne }: ScoreComparison, limit: number): Why =>
  worstOneByOne !== null && worstOneByOne.delta > limit
    ? { cause: "genuine", confirm: ["repeat", "compare with a float32 reference"] }
    : unexplained

/** The same side gives another score to the same item when it is sent alone. */
const batchDivergence = (
  arm: string,
  request: ScoreComparison,
  { worst, nats }: BatchFault,
  row: ToleranceRow
): Ranked => {
  const delta = Math.abs(worst.values[0] - worst.values[1])
  return ranked(
    Math.max(delta / row.score, (nats ?? 0) / row.gross),
    request.case,
    null,
    { cause: "batch-dependent", confirm: ["batch of 1", "fresh server"] },
    {
      arm,
      request: request.case,
      item: worst.item,
      label: worst.label,
      batched: worst.values[0],
      one_by_one: worst.values[1],
      max_abs_delta: delta,
      max_abs_delta_nats: nats,
      max_abs_delta_one_by_one: request.worstOneByOne?.delta ?? null,
      tolerance: row.score,
      rank_flip: request.rankFlip
    }
  )
}

import type { TokenRow, TokenView } from "../../model/tokenView.ts"
import type { TraceRow } from "../../model/tracePages.ts"

export interface Alternative {
  readonly id: number
  readonly text: string | null
  /** The token that stands in the text. */
  readonly actual: boolean
  /** One per side; null where that side does not list it. */
  readonly probabilities: readonly (number | null)[]
}

/** The tokens that any side lists at a position, likeliest first. */
export const alternatives = (row: TokenRow, view: TokenView): readonly Alternative[] => {
  const ids = new Set(row.sides.flatMap((side) => side?.topIds ?? []))
  return [...ids]
    .map((id) => ({
      id,
      text: view.sides.map((side) => side.vocabulary.get(id)).find((text) => text !== undefined) ?? null,
      actual: row.sides.some((side) => side?.id === id),
      probabilities: row.sides.map((side) => (side === null ? null : probabilityOf(side, id)))
    }))
    .toSorted((a, b) => Math.max(...b.probabilities.map(orNone)) - Math.max(...a.probabilities.map(orNone)))
}

/** Probability that a side's list accounts for. */
export const listedMass = (side: TraceRow): number =>
  side.topLogprobs.reduce<number>((sum, one) => sum + (one === null ? 0 : Math.exp(one)), 0)

const orNone = (p: number | null): number => p ?? 0

const probabilityOf = (side: TraceRow, id: number): number | null => {
  const at = side.topIds.indexOf(id)
  if (at >= 0) return Math.exp(side.topLogprobs[at] ?? Number.NEGATIVE_INFINITY)
  return side.id === id && side.logprob !== null ? Math.exp(side.logprob) : null
}

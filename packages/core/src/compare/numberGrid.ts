import { onBf16Grid } from "../math/bf16.ts"
import { binade } from "../math/ulp.ts"

/** What one side's logprobs say of their number format: columns of counts, no values kept. */
export interface NumberGrid {
  finite: number
  onBf16: number
  /** Count of values by `floor(log2 |x|)`, from 2^-32 up. */
  readonly binades: Float64Array
}

const lowestBinade = -32

export const makeNumberGrid = (): NumberGrid => ({ finite: 0, onBf16: 0, binades: new Float64Array(64) })

export const addToGrid = (grid: NumberGrid, logprob: number): void => {
  grid.finite++
  // Some engines print the shortest decimal that gives back their float32.
  if (onBf16Grid(Math.fround(logprob))) grid.onBf16++
  const slot = Math.max(0, Math.min(grid.binades.length - 1, binade(logprob) - lowestBinade))
  grid.binades[slot]!++
}

/** One value is on the grid by chance with probability 2^-16: 32 of them leave no doubt. */
export const isOnBf16Grid = ({ finite, onBf16 }: NumberGrid): boolean => finite >= 32 && onBf16 >= 0.99 * finite

/** 99th percentile of half a bfloat16 step (7 stored bits) at this side's values. */
export const halfStepP99 = ({ binades, finite }: NumberGrid): number => {
  let above = 0
  for (let slot = binades.length - 1; slot >= 0; slot--) {
    above += binades[slot]!
    if (above > 0.01 * finite) return 2 ** (slot + lowestBinade - 7 - 1)
  }
  return 0
}

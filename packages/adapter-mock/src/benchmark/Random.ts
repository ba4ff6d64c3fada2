import { mix, unit } from "../model/hash.ts"

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number
  /** Mean 1. */
  readonly exponential: () => number
}

export const makeRandom = (seed: number): Random => {
  let drawn = 0
  const uniform = () => unit(mix(seed, ++drawn))
  const exponential = () => -Math.log(1 - uniform())
  return { uniform, exponential, normal: () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform()) }
}

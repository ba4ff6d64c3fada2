import { makeXoshiro } from "../../packages/core/src/math/Xoshiro.ts"

/** Chance that a trial is made of: the same seed, the same trial. */
export interface Draw {
  /** A whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number
  /** A number whose size is as likely to lie in any one decade as in another. */
  readonly size: (from: number, to: number) => number
  readonly pick: <A>(choices: readonly A[]) => A
}

export const makeDraw = (seed: number): Draw => {
  const random = makeXoshiro(seed)
  const unit = (): number => random.u32() / 2 ** 32
  const whole = (from: number, to: number): number => from + random.int(to - from + 1)
  return {
    whole,
    size: (from, to) => Number((from * (to / from) ** unit()).toPrecision(3)),
    pick: (choices) => choices[random.int(choices.length)]!
  }
}

import type { Xoshiro } from "./Xoshiro.ts"

/** The same items in another order: Fisher-Yates from the end, one draw an item. */
export const shuffled = <T>(items: readonly T[], random: Xoshiro): readonly T[] => {
  const order = [...items]
  for (let last = order.length - 1; last >= 1; last--) {
    const other = random.int(last + 1)
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}

import type { Suite } from "../domain/suite.ts"
import { shuffled } from "../math/shuffled.ts"
import { makeXoshiro } from "../math/Xoshiro.ts"
import type { Stop } from "./stops.ts"

/** One repeat of everything, in the order in which it is run. */
export type Block = readonly Stop[]

/**
 * The blocks of a plan. `interleaved` shuffles stops and arms once and turns them round in every second block, so that
 * each arm is the first one equally often and a drift weighs on both alike (and a server may stay up from one block to
 * the next); what is run at a stop is shuffled for each block.
 *
 * Numbers are drawn in this order: neighbourhoods, the stops of each, the arms of each unit; then per block the units of
 * each stop.
 */
export const blocksOf = (
  { order, repeats }: Pick<Suite, "order" | "repeats">,
  neighbourhoods: readonly (readonly Stop[])[]
): readonly Block[] => {
  const blocks = Array.from({ length: repeats }, (_, index) => index + 1)
  if (order.kind === "sequential") return blocks.map(() => neighbourhoods.flat())
  const random = makeXoshiro(order.seed)
  const stops = shuffled(neighbourhoods, random)
    .flatMap((near) => shuffled(near, random))
    .map((stop) => ({ ...stop, units: stop.units.map((unit) => ({ ...unit, arms: shuffled(unit.arms, random) })) }))
  return blocks.map((block) => {
    const turn = <T>(items: readonly T[]): readonly T[] => (block % 2 === 0 ? items.toReversed() : items)
    return turn(stops).map((stop) => ({
      ...stop,
      units: shuffled(stop.units, random).map((unit) => ({ ...unit, arms: turn(unit.arms) }))
    }))
  })
}

import type { RunRecord } from "../../packages/core/src/compare/Arms.ts"
import { compareArms } from "../../packages/core/src/gate/compareArms.ts"
import { type Tier, tiersOf } from "../../packages/core/src/gate/tiers.ts"
import type { Xoshiro } from "../../packages/core/src/math/Xoshiro.ts"
import { watched } from "./mockRuns.ts"

/** Runs to draw from: those of the baseline, and those of a candidate in one state. */
export interface Pools {
  readonly baseline: readonly RunRecord[]
  readonly candidate: readonly RunRecord[]
}

/** The tiers of a matrix: each cell compares so many runs of each side, drawn anew. */
export const tiersOfMatrix = (cells: readonly Pools[], runs: number, random: Xoshiro): readonly (Tier | null)[] =>
  tiersOf(
    cells.map((pools) => {
      const { metrics } = compareArms(armsOf(pools, runs, random), { gates: [] })
      return metrics.find(({ name }) => name === watched)?.p ?? null
    })
  )

/** Whether a gate on the watched metric fails. */
export const gateFails = (pools: Pools, runs: number, margin: number, random: Xoshiro): boolean =>
  compareArms(armsOf(pools, runs, random), { gates: [{ name: "gate", metric: watched, maxRegression: margin }] })
    .verdict.outcome === "fail"

const armsOf = ({ baseline, candidate }: Pools, runs: number, random: Xoshiro) => [
  { label: "baseline", records: draw(baseline, runs, random) },
  { label: "candidate", records: draw(candidate, runs, random) }
]

/** So many different runs of a pool. */
const draw = (pool: readonly RunRecord[], count: number, random: Xoshiro): readonly RunRecord[] => {
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(random.int(pool.length))
  return [...chosen].map((index) => pool[index]!)
}

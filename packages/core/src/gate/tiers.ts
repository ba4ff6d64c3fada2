import { benjaminiHochberg, holm } from "../math/multiplicity.ts"

/** How surely a cell of a matrix is slower than the baseline, given that many cells were looked at. */
export type Tier = "confirmed" | "likely" | "noise"

const level = 0.05

/**
 * The tier of every cell from its one-sided p-value of "not worse"; null for a cell that has none.
 *
 * - `confirmed`: significant after Holm: among all cells of an unchanged system, one such in twenty matrices.
 * - `likely`: significant after Benjamini and Hochberg: at most one in twenty of these is chance.
 */
export const tiersOf = (ps: readonly (number | null)[]): readonly (Tier | null)[] => {
  const known = ps.filter((p) => p !== null)
  const [sure, fair] = [holm(known), benjaminiHochberg(known)]
  let at = 0
  return ps.map((p) => {
    if (p === null) return null
    const cell = at++
    return sure[cell]! <= level ? "confirmed" : fair[cell]! <= level ? "likely" : "noise"
  })
}

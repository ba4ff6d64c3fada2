import { benjaminiHochberg, holm } from "../math/multiplicity.ts"

/** How surely a cell of a matrix is slower than the baseline, given that many cells were looked at. */
export type Tier = "confirmed" | "likely" | "noise" | "unknown"

const level = 0.05

/**
 * The tier of every cell from its one-sided p-value of "not worse"; null where a cell has none, which is `unknown`.
 *
 * - `confirmed`: significant after Holm: among all cells of an unchanged system, one such in twenty matrices.
 * - `likely`: significant after Benjamini and Hochberg: at most one in twenty of these is chance.
 */
export const tiersOf = (pWorse: readonly (number | null)[]): readonly Tier[] => {
  const known = pWorse.filter((p) => p !== null)
  const [sure, fair] = [holm(known), benjaminiHochberg(known)]
  let at = 0
  return pWorse.map((p): Tier => {
    if (p === null) return "unknown"
    const cell = at++
    return sure[cell]! <= level ? "confirmed" : fair[cell]! <= level ? "likely" : "noise"
  })
}

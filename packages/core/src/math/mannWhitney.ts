import { normalTail } from "./normal.ts"
import { quantile } from "./quantile.ts"
import { averageRanks } from "./rankCorrelation.ts"

export interface MannWhitney {
  /** Pairs in which b is larger; ties count half. */
  readonly u: number
  /** P(b > a) + P(b = a) / 2. */
  readonly a12: number
  readonly cliffsDelta: number
  /** Hodges-Lehmann shift: median of b - a. */
  readonly shift: number
  /** Two-sided, by the normal approximation with tie and continuity correction; 1 where everything is tied. */
  readonly pAsymptotic: number
  /** Two-sided; null with ties or where both samples are larger than 8. */
  readonly pExact: number | null
}

/** Whether b tends to be larger than a. Over runs; over requests it only describes. Both samples must be non-empty. */
export const mannWhitney = (a: readonly number[], b: readonly number[]): MannWhitney => {
  const pooled = [...a, ...b]
  const ranks = averageRanks(pooled)
  const pairs = a.length * b.length
  const u = ranks.slice(a.length).reduce((sum, rank) => sum + rank, 0) - (b.length * (b.length + 1)) / 2
  const ties = [...Map.groupBy(pooled, (value) => value).values()].map((group) => group.length)
  const n = pooled.length
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0)
  const variance = (pairs / 12) * (n + 1 - tied / (n * (n - 1)))
  const distance = Math.max(0, Math.abs(u - pairs / 2) - 0.5)
  return {
    u,
    a12: u / pairs,
    cliffsDelta: (2 * u) / pairs - 1,
    shift:
      quantile(
        a.flatMap((x) => b.map((y) => y - x)),
        0.5
      ) ?? NaN,
    pAsymptotic: variance <= 0 ? 1 : Math.min(1, 2 * normalTail(distance / Math.sqrt(variance))),
    pExact: tied > 0 || Math.min(a.length, b.length) > 8 ? null : exactP(u, a.length, b.length)
  }
}

/** Least two-sided p that n runs per arm can reach: 2 / C(2n, n). */
export const leastMannWhitneyP = (perArm: number): number => {
  let splits = 1
  for (let i = 1; i <= perArm; i++) splits *= (perArm + i) / i
  return Math.min(1, 2 / splits)
}

const exactP = (u: number, na: number, nb: number): number => {
  const counts = splitsByU(na, nb)
  const total = counts.reduce((sum, ways) => sum + ways, 0)
  const extreme = Math.max(u, na * nb - u)
  return Math.min(1, (2 * counts.slice(extreme).reduce((sum, ways) => sum + ways, 0)) / total)
}

/** In how many orders of na + nb distinct values U takes each value. */
const splitsByU = (na: number, nb: number): readonly number[] => {
  // counts[k][u]: ways to place k values of b so that they beat u values of a among those seen so far.
  const counts = Array.from({ length: nb + 1 }, () => Array.from({ length: na * nb + 1 }, () => 0))
  counts[0]![0] = 1
  for (let beaten = 0; beaten <= na; beaten++) {
    for (let k = 1; k <= nb; k++) {
      for (let u = beaten; u <= na * nb; u++) counts[k]![u]! += counts[k - 1]![u - beaten]!
    }
  }
  return counts[nb]!
}

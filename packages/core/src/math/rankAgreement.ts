/** How alike two lists of ids, best first, are. */
export interface RankAgreement {
  /** Shared ids / all ids. */
  readonly jaccard: number
  /** Rank-biased overlap, extrapolated beyond the lists. */
  readonly rboExt: number
  /** The least that the overlap can be, whatever follows the lists. */
  readonly rboMin: number
  /** For each id of `ref`: its rank in `other` minus its rank in `ref`; null where `other` lacks it. */
  readonly delta: readonly (number | null)[]
  /** From 1; null where `other` lacks the best id of `ref`. */
  readonly refTop1RankInOther: number | null
  /** 1 / that rank, 0 where it is absent: its mean over positions is the MRR. */
  readonly reciprocalRank: number
}

/** `p` is the weight of depth: at 0.9 the first ten ranks carry 86 % of the overlap. */
export const rankAgreement = (ref: readonly number[], other: readonly number[], p = 0.9): RankAgreement => {
  const rankInOther = new Map(other.map((id, rank) => [id, rank]))
  const shared = ref.filter((id) => rankInOther.has(id)).length
  const union = ref.length + other.length - shared
  const first = ref.length === 0 ? undefined : rankInOther.get(ref[0]!)
  return {
    jaccard: union === 0 ? 1 : shared / union,
    ...rankBiasedOverlap(ref, other, p),
    delta: ref.map((id, rank) => (rankInOther.has(id) ? rankInOther.get(id)! - rank : null)),
    refTop1RankInOther: first === undefined ? null : first + 1,
    reciprocalRank: first === undefined ? 0 : 1 / (first + 1)
  }
}

/** To the depth of the shorter list. */
const rankBiasedOverlap = (
  a: readonly number[],
  b: readonly number[],
  p: number
): { readonly rboExt: number; readonly rboMin: number } => {
  const depth = Math.min(a.length, b.length)
  if (depth === 0) return { rboExt: a.length === b.length ? 1 : 0, rboMin: 0 }
  const overlaps = overlapByDepth(a, b, depth)
  const last = overlaps[depth - 1]!
  let weighted = 0
  let least = 0
  for (const [i, overlap] of overlaps.entries()) {
    const weight = p ** (i + 1) / (i + 1)
    weighted += overlap * weight
    least += (overlap - last) * weight
  }
  const scale = (1 - p) / p
  return {
    rboExt: (last / depth) * p ** depth + scale * weighted,
    rboMin: scale * (least - last * Math.log(1 - p))
  }
}

/** At each depth, how many ids both lists hold down to it. */
const overlapByDepth = (a: readonly number[], b: readonly number[], depth: number): readonly number[] => {
  const seenA = new Set<number>()
  const seenB = new Set<number>()
  let overlap = 0
  return Array.from({ length: depth }, (_, i) => {
    if (a[i] === b[i]) overlap++
    else overlap += (seenB.has(a[i]!) ? 1 : 0) + (seenA.has(b[i]!) ? 1 : 0)
    seenA.add(a[i]!)
    seenB.add(b[i]!)
    return overlap
  })
}

/** Where two token sequences part. `length`: one of them ends, and has been equal until then. */
export interface FirstDivergence {
  readonly index: number | null
  readonly kind: "none" | "token" | "length"
}

export const firstDivergence = (a: ArrayLike<number>, b: ArrayLike<number>): FirstDivergence => {
  const shorter = Math.min(a.length, b.length)
  let index = 0
  while (index < shorter && a[index] === b[index]) index++
  if (index < shorter) return { index, kind: "token" }
  return a.length === b.length ? { index: null, kind: "none" } : { index, kind: "length" }
}

import { logGamma } from "./logGamma.ts"

/**
 * Fisher's exact test, one-sided: how likely B has at least this many hits when both shares are the same. Null where a
 * side is empty.
 */
export const fisherExact = (
  a: { readonly hits: number; readonly n: number },
  b: { readonly hits: number; readonly n: number }
): number | null => {
  if (a.n === 0 || b.n === 0) return null
  const hits = a.hits + b.hits
  const most = Math.min(hits, b.n)
  const total = logChoose(a.n + b.n, hits)
  let p = 0
  for (let k = b.hits; k <= most; k++)
    if (hits - k <= a.n) p += Math.exp(logChoose(b.n, k) + logChoose(a.n, hits - k) - total)
  return Math.min(1, p)
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

import { incompleteBeta, inverseIncompleteBeta } from "./incompleteBeta.ts"

/** P(T <= t) for Student's t with `df` degrees of freedom. */
export const tCdf = (t: number, df: number): number => {
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** P(|T| >= |t|): keeps its digits in the far tail. */
export const tTwoSided = (t: number, df: number): number => incompleteBeta(df / (df + t * t), df / 2, 0.5)

/** The t with P(T <= t) = p. */
export const tQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0
  const x = inverseIncompleteBeta(2 * Math.min(p, 1 - p), df / 2, 0.5)
  return Math.sign(p - 0.5) * Math.sqrt((df * (1 - x)) / x)
}

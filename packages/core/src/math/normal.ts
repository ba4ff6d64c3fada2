import { logGamma } from "./logGamma.ts"

/** P(Z <= z) for a standard normal Z. */
export const normalCdf = (z: number): number => {
  if (z === 0) return 0.5
  const tail = upperGamma((z * z) / 2) / 2
  return z < 0 ? tail : 1 - tail
}

/** P(Z > z): keeps its digits in the far tail. */
export const normalTail = (z: number): number => normalCdf(-z)

/** The z with P(Z <= z) = p. */
export const normalQuantile = (p: number): number => {
  if (p <= 0) return -Infinity
  if (p >= 1) return Infinity
  if (p > 0.5) return -normalQuantile(1 - p)
  let low = -40
  let high = 0
  for (let i = 0; i < 200 && high - low > 1e-15 * Math.max(1, Math.abs(low)); i++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Regularised upper incomplete gamma function Q(1/2, x) = erfc(sqrt x). */
const upperGamma = (x: number): number => (x < 1.5 ? 1 - series(x) : fraction(x))

const a = 0.5

const series = (x: number): number => {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 500 && term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/** Lentz's continued fraction. */
const fraction = (x: number): number => {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let result = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return result * Math.exp(a * Math.log(x) - x - logGamma(a))
}

// Lanczos approximation with g = 607/128 and 15 terms: about 15 digits for positive arguments.
const coefficients = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6
]

/** ln Gamma(x) for x > 0. */
export const logGamma = (x: number): number => {
  const t = x + 607 / 128 - 0.5
  const series = coefficients.reduce((sum, c, i) => (i === 0 ? c : sum + c / (x - 1 + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + Math.log(series) + (x - 0.5) * Math.log(t) - t
}

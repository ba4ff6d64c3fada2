const minus = "\u2212"
const narrow = "\u202f"

const trimExponent = (text: string): string =>
  text.replace(/e([+-])0*(\d)/, (_, sign, rest) => `e${sign === "-" ? "-" : ""}${rest}`)

/** `digits` significant digits with thousands separators: `1,204`, `0.0951`, `1.24e-5`. */
export const significant = (value: number, digits = 3): string => {
  if (Number.isNaN(value)) return "\u2014"
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : `${minus}\u221e`
  if (value === 0) return "0"
  const size = Math.abs(value)
  const text =
    size < 1e-3 || size >= 1e9
      ? trimExponent(size.toExponential(digits - 1))
      : size >= 10 ** (digits - 1)
        ? Math.round(size).toLocaleString("en-US")
        : Number(size.toPrecision(digits)).toLocaleString("en-US", { maximumFractionDigits: 20 })
  return value < 0 ? minus + text : text
}

/** As `significant`, with its zeros kept, so that the digits of a column are equally many. */
export const aligned = (value: number, digits = 3): string => {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || Number.isInteger(value) || size < 1e-3 || size >= 10 ** (digits - 1))
    return significant(value, digits)
  return (value < 0 ? minus : "") + size.toPrecision(digits)
}

/** As `significant`, with a plus on what is not negative. */
export const signed = (value: number, digits = 3): string =>
  value > 0 ? `+${significant(value, digits)}` : significant(value, digits)

/** Fixed decimals with a real minus, for columns whose digits must line up. */
export const fixed = (value: number, decimals: number): string => {
  if (Number.isNaN(value)) return "\u2014"
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : `${minus}\u221e`
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? minus + text : text
}

/** As `fixed` with a sign; what rounds to nothing is shown by its size (`+1.2e-6`), not as zero. */
export const signedFixed = (value: number, decimals: number): string => {
  const text = fixed(value, decimals)
  if (value !== 0 && Number.isFinite(value) && Number(Math.abs(value).toFixed(decimals)) === 0) {
    return (value > 0 ? "+" : minus) + trimExponent(Math.abs(value).toExponential(1))
  }
  return value > 0 ? `+${text}` : text
}

/** A ratio as a change: 1.031 is `+3.1 %`. */
export const change = (ratio: number): string => {
  const percent = (ratio - 1) * 100
  const text = fixed(percent, Math.abs(percent) >= 100 ? 0 : 1)
  return `${percent > 0 && Number(text) > 0 ? "+" : ""}${text}${narrow}%`
}

/** A share as a percentage: 0.312 is `31.2 %`. */
export const share = (value: number, decimals = 1): string => `${(value * 100).toFixed(decimals)}${narrow}%`

/** A part of a whole, as few digits as it has: 0.05 is `5 %`, 0.025 is `2.5 %`. */
export const percent = (value: number): string => `${significant(value * 100)}${narrow}%`

export const count = (value: number): string => value.toLocaleString("en-US")

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

export const bytes = (value: number): string => {
  const units = ["B", "KB", "MB", "GB", "TB"]
  let size = value
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 ? size : significant(size, size >= 100 ? 3 : 2)} ${units[unit]}`
}

/** Enough of an id to recognise it, and to name it on the command line, which takes any unambiguous prefix. */
export const shortId = (id: string): string => id.slice(0, 6)

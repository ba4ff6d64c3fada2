/** Three significant digits, plain where that is readable, exponent elsewhere. */
export function short(value: number | null): string {
  if (value === null) return "-"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e7) return value.toExponential(2)
  if (size >= 1000) return Math.round(value).toLocaleString("en-US")
  return String(Number(value.toPrecision(3)))
}

const signed = (value: number): string => (value > 0 ? `+${short(value)}` : short(value))

export const percent = (ratio: number): string => `${signed((ratio - 1) * 100)} %`

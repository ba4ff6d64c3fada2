/** A change as people write it: `+14.8 %`. */
export const percent = (ratio: number): string => {
  const change = 100 * (ratio - 1)
  return `${change < 0 ? "" : "+"}${decimals(change)} %`
}

/** A share as people write it: `5 %`. */
export const share = (value: number): string => `${decimals(100 * value)} %`

const decimals = (x: number): string => String(Number(Math.abs(x) < 1 ? x.toPrecision(2) : x.toFixed(1)))

export const percentRange = ([low, high]: readonly [number, number]): string => `${percent(low)} to ${percent(high)}`

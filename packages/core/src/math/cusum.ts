/** Running sums of how far values stay above and below their mean; an alarm is a sum beyond h. */
export interface Cusum {
  readonly high: readonly number[]
  readonly low: readonly number[]
  /** Index of the first alarm. */
  readonly firstAlarm: number | null
}

/** Tabular CUSUM in standard deviations: slack `k` per value, threshold `h`. */
export const cusum = (
  series: readonly number[],
  { mean, sd, k, h }: { mean: number; sd: number; k: number; h: number }
): Cusum => {
  let [up, down] = [0, 0]
  const sums = series.map((value) => {
    const z = (value - mean) / sd
    up = Math.max(0, up + z - k)
    down = Math.max(0, down - z - k)
    return [up, down] as const
  })
  const firstAlarm = sums.findIndex(([high, low]) => high > h || low > h)
  return {
    high: sums.map(([high]) => high),
    low: sums.map(([, low]) => low),
    firstAlarm: firstAlarm < 0 ? null : firstAlarm
  }
}

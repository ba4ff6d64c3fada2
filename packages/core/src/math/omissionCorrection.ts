/**
 * The latencies that a closed-loop client did not get to measure while it waited for a slow answer: the value and, one
 * expected interval less each, what the requests that should have been sent meanwhile would have seen.
 */
export const omissionCorrection = (value: number, interval: number): readonly number[] => {
  const values = [value]
  if (interval <= 0) return values
  for (let missed = value - interval; missed >= interval; missed -= interval) values.push(missed)
  return values
}

/** A percentile carries a judgement from this many values beyond it on. */
const tailValues = 10

/** Values that the percentile `p` (0.95) has to be read from to be judged. */
export const valuesNeeded = (p: number): number =>
  // 1 - 0.95 is a little above 0.05.
  Math.ceil(Math.round((tailValues / (1 - p)) * 1e6) / 1e6)

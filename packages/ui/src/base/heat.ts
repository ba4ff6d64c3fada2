/** Heat step 0..5 of a difference in units of tolerance; 0 = none to show. At 1 the tolerance is used up. */
export const heatStep = (inTolerance: number): number => {
  if (!(inTolerance > 0.1)) return 0
  if (inTolerance <= 0.5) return 1
  if (inTolerance <= 1) return 2
  if (inTolerance <= 2) return 3
  if (inTolerance <= 10) return 4
  return 5
}

/** The same for the surprise of a single side, in nats: a token of probability 1/e is 1. */
export const surpriseStep = (nll: number): number => {
  if (!(nll > 1)) return 0
  if (nll <= 3) return 1
  if (nll <= 5) return 2
  if (nll <= 8) return 3
  if (nll <= 12) return 4
  return 5
}

import { binomialCdf } from "./binomial.ts"

/** Exact two-sided McNemar test: `b` and `c` count the pairs that only one side got right. */
export const mcnemar = (b: number, c: number): number => Math.min(1, 2 * binomialCdf(Math.min(b, c), b + c, 0.5))

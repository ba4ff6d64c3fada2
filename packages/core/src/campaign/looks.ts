import type { Suite } from "../domain/suite.ts"

/** After how many repeats the gates of a campaign are read, and how sure each reading has to be. */
export interface Looks {
  readonly after: readonly number[]
  /** One-sided, on each end of an interval. */
  readonly alpha: number
}

/** One-sided, of all looks together. */
const alpha = 0.05
/** The fewest repeats that an early look is worth. */
const leastEarly = 5

/**
 * Whoever looks often enough will see anything, so a campaign looks at most twice, each time at half of alpha: where it
 * may double its repeats, before and after; where it has nine repeats or more, half way too, so that it can end there.
 */
export const looksOf = ({ repeats, gates }: Pick<Suite, "repeats" | "gates">, untilDecided: boolean): Looks => {
  if (untilDecided) return { after: [repeats, 2 * repeats], alpha: alpha / 2 }
  const early = Math.ceil(repeats / 2)
  if (gates.length > 0 && early >= leastEarly) return { after: [early, repeats], alpha: alpha / 2 }
  return { after: [repeats], alpha }
}

import { diffArrays } from "diff/lib/diff/array.js"

interface Part {
  readonly text: string
  /** Whose it is. */
  readonly of: "both" | "first" | "second"
}

/** Two texts laid on each other word by word. */
export const wordDiff = (first: string, second: string): readonly Part[] =>
  diffArrays(pieces(first), pieces(second)).map(({ value, added, removed }) => ({
    text: value.join(""),
    of: added ? "second" : removed ? "first" : "both"
  }))

/** Words, gaps and signs, each by itself. */
const pieces = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_]+|\s+|./gu) ?? []

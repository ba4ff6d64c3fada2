import type { TraceComparison } from "../tracePairs.ts"
import { type CauseRule, named } from "./Cause.ts"

/** The same text became other token ids. */
export const tokenizerMismatch: CauseRule = ({ sides, tokens }) => {
  const found = (tokens?.traces ?? []).filter(isOtherIds)
  const first = found.find(({ baseline, candidate }) => sameText(baseline.tokens, candidate.tokens) !== false)
  if (first === undefined || first.alignment.kind !== "ids") return null
  const at = first.alignment.common
  return {
    cause: "tokenizer-mismatch",
    evidence: {
      prompts: found.length,
      ids: named(sides, [first.baseline.ids[at] ?? null, first.candidate.ids[at] ?? null]),
      tokens: named(sides, [first.baseline.tokens[at] ?? null, first.candidate.tokens[at] ?? null]),
      same_text: sameText(first.baseline.tokens, first.candidate.tokens)
    },
    confirm: ["send ids instead of text"]
  }
}

const isOtherIds = ({ alignment }: TraceComparison): boolean => alignment.kind === "ids"

/** Null where a side does not say its tokens' texts. */
const sameText = (a: readonly (string | null)[], b: readonly (string | null)[]): boolean | null =>
  a.includes(null) || b.includes(null) ? null : a.join("") === b.join("")

import type { TraceComparison } from "../tracePairs.ts"
import { type CauseRule, named } from "./Cause.ts"

/** One side saw only a part of the prompt. */
export const inputTruncated: CauseRule = ({ sides, tokens }) => {
  const found = (tokens?.traces ?? []).map(seenLengths).filter((lengths) => lengths !== null)
  const [first] = found
  if (first === undefined) return null
  const shorter = found.map(([a, b]) => Math.min(a, b))
  return {
    cause: "input-truncated",
    evidence: {
      prompts: found.length,
      prompt_tokens: named(sides, first),
      longest_seen: Math.max(...shorter),
      same_length: new Set(shorter).size === 1
    },
    confirm: ["send ids instead of text", "shorter prompt"]
  }
}

/**
 * Tokens that each side had values for, where one lacks a head or an end of the other's; else null. A side without any
 * value says nothing about what it saw.
 */
const seenLengths = ({ alignment, baseline, candidate }: TraceComparison): readonly [number, number] | null => {
  if (alignment.kind === "shift" || alignment.kind === "length") return [baseline.promptLength, candidate.promptLength]
  if (alignment.kind === "ids") return null
  const missing = [valueless(baseline.logprobs), valueless(candidate.logprobs)] as const
  if (missing[0] >= baseline.promptLength || missing[1] >= candidate.promptLength) return null
  if (Math.abs(missing[0] - missing[1]) < 2) return null
  return [baseline.promptLength - missing[0], candidate.promptLength - missing[1]]
}

/** Leading positions without a value: the first token always is one. */
const valueless = (logprobs: Float64Array): number => {
  let count = 0
  while (count < logprobs.length && Number.isNaN(logprobs[count])) count++
  return count
}

import type { TraceComparison } from "../tracePairs.ts"
import { type CauseRule, eachDelta, type Evidence, type Explanation, named, offFrom } from "./Cause.ts"

/** One side puts the prompt into another frame: a leading BOS, a chat template, other special tokens. */
export const templateMismatch: CauseRule = (evidence) =>
  extraHead(evidence) ?? otherText(evidence) ?? unseenHead(evidence)

/** With one prompt to go by, a frame is taken to be short. */
const longestLoneHead = 4

/** Every shifted prompt has the same few more tokens in front. */
const extraHead = ({ sides, tokens }: Evidence): Explanation | null => {
  const heads = (tokens?.traces ?? []).map(headOf).filter((head) => head !== null)
  const [first] = heads
  if (first === undefined || heads.some((head) => head.join() !== first.join())) return null
  if (heads.length === 1 && first.length > longestLoneHead) return null
  const { alignment, baseline, candidate } = tokens!.traces.find((trace) => trace.alignment.kind === "shift")!
  const longer = alignment.kind === "shift" && alignment.by > 0 ? candidate : baseline
  return {
    cause: "template-mismatch",
    evidence: {
      prompts: heads.length,
      leading_ids: first,
      leading_tokens: longer.tokens.slice(0, first.length),
      longer: sides[longer === candidate ? 1 : 0].label
    },
    confirm: ["send ids instead of text"]
  }
}

/** The ids that one side has in front of the other's; null for prompts that are not shifted. */
const headOf = ({ alignment, baseline, candidate }: TraceComparison): readonly number[] | null => {
  if (alignment.kind !== "shift") return null
  return [...(alignment.by > 0 ? candidate : baseline).ids.subarray(0, Math.abs(alignment.by))]
}

/** Other ids and other text: what was framed differs. */
const otherText = ({ sides, tokens }: Evidence): Explanation | null => {
  const found = (tokens?.traces ?? []).filter(({ alignment }) => alignment.kind === "ids")
  const [first] = found
  if (first === undefined || first.alignment.kind !== "ids") return null
  return {
    cause: "template-mismatch",
    evidence: {
      prompts: found.length,
      first_difference: first.alignment.common,
      prompt_tokens: named(sides, [first.baseline.promptLength, first.candidate.promptLength])
    },
    confirm: ["send ids instead of text"]
  }
}

/** The same ids, and only the first positions are off: one side saw something before them. */
const unseenHead = ({ tokens, tolerance }: Evidence): Explanation | null => {
  if (tokens === null) return null
  const off = offFrom(tolerance)
  const early = { off: 0, all: 0 }
  const late = { off: 0, all: 0 }
  eachDelta(tokens.traces, (_, position, size) => {
    const part = position <= 3 ? early : position > 8 ? late : null
    if (part === null) return
    part.all++
    if (size > off) part.off++
  })
  if (early.all < 9 || late.all < 30 || early.off < 0.8 * early.all || late.off > 0.02 * late.all) return null
  return {
    cause: "template-mismatch",
    evidence: { first_positions_off: early.off, first_positions: early.all, later_positions_off: late.off },
    confirm: ["send ids instead of text"]
  }
}

import { type CauseRule, eachDelta, offFrom } from "./Cause.ts"

/** The same ids, everywhere off by more than the formats explain, in no pattern: the sides compute something else. */
export const genuine: CauseRule = ({ tokens, tolerance }) => {
  if (tokens === null) return null
  const off = offFrom(tolerance)
  const prompts = new Set<object>()
  let positions = 0
  eachDelta(tokens.traces, (trace, _, size) => {
    if (size <= off) return
    positions++
    prompts.add(trace)
  })
  if (positions < leastPositions) return null
  return {
    cause: "genuine",
    evidence: {
      positions_off: positions,
      prompts_off: prompts.size,
      prompts: tokens.parity.prompts,
      rms_delta_logprob: tokens.parity.rmsDeltaLogprob
    },
    confirm: ["repeat", "compare with a float32 reference"]
  }
}

/** Fewer could be one bad row. */
const leastPositions = 10

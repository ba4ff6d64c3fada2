import { type CauseRule, eachDelta, offFrom } from "./Cause.ts"

/**
 * Every prompt is right up to one index and off from there on. Chance is ruled out: were the errors spread evenly, so
 * many clean positions in front would have a probability below one in a million.
 */
export const positionLocked: CauseRule = ({ tokens, tolerance }) => {
  if (tokens === null) return null
  const off = offFrom(tolerance)
  let start = Infinity
  eachDelta(tokens.traces, (_, position, size) => {
    if (size > off) start = Math.min(start, position)
  })
  if (start === Infinity) return null
  const count = { before: 0, after: 0, off: 0 }
  const prompts = new Set<object>()
  eachDelta(tokens.traces, (trace, position, size) => {
    if (position < start) count.before++
    else {
      count.after++
      if (size > off) count.off++
      prompts.add(trace)
    }
  })
  const share = count.off / count.after
  if (share < 0.3 || count.before * Math.log1p(-Math.min(share, 0.99)) > Math.log(1e-6)) return null
  return {
    cause: "position-locked",
    evidence: {
      from_position: start,
      prompts: prompts.size,
      positions_before: count.before,
      positions_off: count.off,
      positions_from_there: count.after
    },
    confirm: ["shorter prompt", "repeat"]
  }
}

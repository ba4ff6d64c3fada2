import { type CauseRule } from "./Cause.ts"
import { isBf16Sized } from "./precision.ts"

/** A side returns bfloat16 values: all of its logprobs lie on that grid, and the deltas are as large as that explains. */
export const precisionGrid: CauseRule = ({ sides, tokens }) => {
  if (tokens === null || !tokens.onBf16Grid.includes(true) || !isBf16Sized(tokens.parity)) return null
  return {
    cause: "precision-grid",
    evidence: {
      on_grid: sides.filter((_, side) => tokens.onBf16Grid[side]).map(({ label }) => label),
      dtypes: sides.map(({ dtype }) => dtype),
      rms_delta_logprob: tokens.parity.rmsDeltaLogprob
    },
    confirm: ["repeat in float32"]
  }
}

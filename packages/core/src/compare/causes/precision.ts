import type { TokenParity } from "../../domain/comparison.ts"
import { toleranceRows } from "../toleranceClass.ts"
import type { CauseRule } from "./Cause.ts"

/** A side declares a number format that explains deltas of this size. */
export const precision: CauseRule = ({ sides, tolerance, tokens }) => {
  if (tokens === null || tolerance.row.name === "fp32") return null
  const { meanAbsDeltaLogprob: mean, rmsDeltaLogprob: rms } = tokens.parity
  if ((mean ?? Infinity) > tolerance.row.mean || (rms ?? Infinity) > tolerance.row.rms) return null
  return {
    cause: "precision",
    evidence: { dtypes: sides.map(({ dtype }) => dtype), class: tolerance.row.name, rms_delta_logprob: rms },
    confirm: ["repeat in float32"]
  }
}

export const isBf16Sized = ({ meanAbsDeltaLogprob, rmsDeltaLogprob }: TokenParity): boolean =>
  (meanAbsDeltaLogprob ?? Infinity) <= toleranceRows.bf16.mean &&
  (rmsDeltaLogprob ?? Infinity) <= toleranceRows.bf16.rms

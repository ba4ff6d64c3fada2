import type { Adapter } from "../adapter/Adapter.ts"
import type { Finding } from "../domain/validity.ts"
import type { RunRequest } from "../domain/workload.ts"
import { RunFailure } from "./RunFailure.ts"

/** Why a score is not asked of an adapter that never applies its mask: numbers without it would pass for numbers with it. */
export const refuseMask = (
  request: RunRequest,
  { name, supports }: Pick<Adapter, "name" | "supports">
): { readonly finding: Finding; readonly failure: RunFailure } | null => {
  const mask = "score" in request ? request.score.mask : null
  if (mask === null || mask.preset === "none" || supports.masks.includes(mask.preset)) return null
  const message = `The adapter ${name} cannot apply the mask "${mask.preset}".`
  const known = supports.masks.map((preset) => `"${preset}"`).join(", ")
  return {
    finding: { code: "mask-unsupported", severity: "error", message, evidence: { preset: mask.preset } },
    failure: new RunFailure({
      code: "unsupported",
      message,
      hint: known === "" ? "Score without a mask." : `Score without a mask, or with ${known}.`
    })
  }
}

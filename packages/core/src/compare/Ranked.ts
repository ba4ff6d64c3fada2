import type { Confirmation, Divergence } from "../domain/comparison.ts"
import type { JsonObject } from "../domain/json.ts"
import type { Explanation } from "./causes/Cause.ts"

/** A divergence and how bad it is: in tolerances, or above every number where the prompts themselves differ. */
export interface Ranked {
  readonly severity: number
  readonly divergence: Divergence
}

export const ranked = (
  severity: number,
  name: string,
  position: number | null,
  { cause, confirm }: Pick<Explanation, "cause" | "confirm">,
  evidence: JsonObject
): Ranked => ({
  severity,
  divergence: {
    case: name,
    position,
    cause,
    evidence,
    confirm: confirm.map((action): Confirmation => ({ action, status: "suggested" }))
  }
})

import type { Arm, Divergence } from "@sglang-studio/core/domain"

/** Index of the candidate that a divergence's evidence speaks of; null where it names none. */
export const partedArm = ({ evidence }: Divergence, arms: readonly Arm[]): number | null => {
  const named = Object.values(evidence).flatMap((value) =>
    typeof value === "string" ? [value] : typeof value === "object" && value !== null ? Object.keys(value) : []
  )
  const at = arms.findIndex(({ label }, index) => index > 0 && named.includes(label))
  return at < 0 ? null : at
}

/** What an address says to open the place where a case parts, on the arm that parts there. */
export const placeOf = (name: string, divergence: Divergence | null, arms: readonly Arm[]) => {
  const arm = divergence === null ? null : partedArm(divergence, arms)
  return {
    case: name,
    arm: arm === null ? null : String(arm),
    pos: divergence?.position == null ? null : String(divergence.position),
    trace: null,
    part: null
  }
}

import type { CampaignCell } from "../domain/campaign.ts"
import { isSettledByRepeats } from "../gate/settledByRepeats.ts"

/** Whether more repeats could decide a gate of this cell that is open. */
export const isOpenToRepeats = ({ outcome, gates }: Pick<CampaignCell, "outcome" | "gates">): boolean =>
  outcome === "inconclusive" && gates.some((gate) => gate.waiver === null && isSettledByRepeats(gate))

import type { Campaign, CampaignRun, Outcome, Tier } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"

interface Standing {
  readonly gates: number
  /** Of them: surely or likely worse, and not shown to be by more than is allowed. */
  readonly slower: number
}

/** How the gates of all cells stand; every gate is counted once. */
export interface Tally {
  readonly confirmed: number
  readonly likely: number
  /** Beyond what is allowed without a tier: limits and parity. */
  readonly failed: number
  readonly undecided: Standing
  readonly clear: Standing
  readonly waived: number
  readonly gates: number
}

export const tallyOf = ({ cells }: Campaign): Tally => {
  const gates = cells.flatMap((cell) => cell.gates)
  const open = gates.filter((gate) => gate.waiver === null)
  const failing = open.filter(({ outcome }) => outcome === "fail")
  const tiered = (tier: Tier) => failing.filter((gate) => gate.tier === tier).length
  const [confirmed, likely] = [tiered("confirmed"), tiered("likely")]
  const standing = (outcome: Outcome): Standing => {
    const those = open.filter((gate) => gate.outcome === outcome)
    return { gates: those.length, slower: those.filter(({ tier }) => tier === "confirmed" || tier === "likely").length }
  }
  return {
    confirmed,
    likely,
    failed: failing.length - confirmed - likely,
    undecided: standing("inconclusive"),
    clear: standing("pass"),
    waived: gates.length - open.length,
    gates: gates.length
  }
}

/** `0 confirmed · 1 likely · 3 undecided, 2 of them slower · 20 clear · 24 gates` */
export const tallyText = ({ confirmed, likely, failed, undecided, clear, waived, gates }: Tally): string =>
  [
    `${confirmed} confirmed`,
    `${likely} likely`,
    ...(failed > 0 ? [`${failed} over a limit`] : []),
    standingText(undecided, "undecided"),
    standingText(clear, "clear"),
    ...(waived > 0 ? [`${waived} waived`] : []),
    plural(gates, "gate")
  ].join(" \u00b7 ")

const standingText = ({ gates, slower }: Standing, word: string): string =>
  `${gates} ${word}${slower > 0 ? `, ${slower} of them slower` : ""}`

/** What can be said before the verdict is there. */
export const soFar = ({ cells }: Campaign): string => {
  const judged = cells.filter((cell) => cell.outcome !== null)
  if (judged.length === 0) return "No cell has been compared yet."
  const failing = judged.filter((cell) => cell.outcome === "fail").length
  const open = judged.filter((cell) => cell.outcome === "inconclusive").length
  return (
    [
      `${judged.length} of ${plural(cells.length, "cell")} compared so far`,
      failing === 0 ? "none fails" : `${failing} ${failing === 1 ? "fails" : "fail"}`,
      ...(open === 0 ? [] : [`${open} undecided`])
    ].join(", ") + "."
  )
}

export const runGroups = ["succeeded", "failed", "running", "planned", "skipped"] as const

type RunGroup = (typeof runGroups)[number]

/** The states of runs as a plan is read: what is done, under way, to come, and not to come. */
export const groupOf = ({ status }: Pick<CampaignRun, "status">): RunGroup => {
  switch (status) {
    case "queued":
    case "starting":
    case "running":
      return "running"
    case "cancelled":
    case "interrupted":
    case "failed":
      return "failed"
    default:
      return status
  }
}

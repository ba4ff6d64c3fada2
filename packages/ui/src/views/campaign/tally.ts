import type { Campaign, CampaignRun } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"

/** How the gates of all cells stand; every gate is counted once. */
export interface Tally {
  readonly confirmed: number
  readonly likely: number
  /** Beyond what is allowed without a tier: limits and parity. */
  readonly failed: number
  readonly undecided: number
  readonly clear: number
  /** Of the clear ones: worse, and within what is allowed. */
  readonly slower: number
  readonly waived: number
  readonly gates: number
}

export const tallyOf = ({ cells }: Campaign): Tally => {
  const gates = cells.flatMap((cell) => cell.gates)
  const open = gates.filter((gate) => gate.waiver === null)
  const tiered = (tier: string) => open.filter((gate) => gate.outcome !== "pass" && gate.tier === tier).length
  const plain = open.filter((gate) => gate.outcome === "pass" || gate.tier === null || gate.tier === "noise")
  const withOutcome = (outcome: string) => plain.filter((gate) => gate.outcome === outcome).length
  return {
    confirmed: tiered("confirmed"),
    likely: tiered("likely"),
    failed: withOutcome("fail"),
    undecided: withOutcome("inconclusive"),
    clear: withOutcome("pass"),
    slower: open.filter((gate) => gate.outcome === "pass" && (gate.tier === "confirmed" || gate.tier === "likely"))
      .length,
    waived: gates.length - open.length,
    gates: gates.length
  }
}

/** `0 confirmed · 1 likely · 3 undecided · 20 clear · 24 gates` */
export const tallyText = ({ confirmed, likely, failed, undecided, clear, slower, waived, gates }: Tally): string =>
  [
    `${confirmed} confirmed`,
    `${likely} likely`,
    ...(failed > 0 ? [`${failed} over a limit`] : []),
    `${undecided} undecided`,
    `${clear} clear${slower > 0 ? `, ${slower} of them slower` : ""}`,
    ...(waived > 0 ? [`${waived} waived`] : []),
    plural(gates, "gate")
  ].join(" \u00b7 ")

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

import type { CampaignCell } from "../domain/campaign.ts"
import { cellKey } from "../domain/plan.ts"
import type { Outcome, Reason, Verdict } from "../domain/verdict.ts"
import { count, worstOutcome } from "../gate/Ruling.ts"

interface Ended {
  readonly cells: readonly CampaignCell[]
  /** Measured runs. */
  readonly runs: { readonly planned: number; readonly done: number; readonly failed: number }
  /** Why it ended before its plan did, or was given up. */
  readonly stopped: string | null
}

/**
 * The verdict over all cells: every gate of every cell must pass. Passing them all needs no correction, since each one
 * alone can refuse; the tiers of the cells name the ones that are surely worse.
 */
export const campaignVerdict = ({ cells, runs, stopped }: Ended): Verdict => {
  const judged = cells.filter(({ outcome }) => outcome !== null)
  if (judged.length === 0) return nothingJudged(cells, runs, stopped)
  const outcome = worstOutcome(judged.flatMap((cell) => cell.outcome ?? []))
  const deciding = judged.filter((cell) => cell.outcome === outcome).toSorted((a, b) => severity(b) - severity(a))
  const wouldDecide = outcome === "inconclusive" ? whatWouldDecide(deciding) : null
  return {
    outcome,
    sentence: sentence(outcome, deciding, judged.length, [stopped, waivedText(judged)], wouldDecide),
    reasons: [...deciding.map(reasonOf), ...beside(runs, stopped)],
    wouldDecide
  }
}

const nothingJudged = (cells: readonly CampaignCell[], runs: Ended["runs"], stopped: string | null): Verdict => ({
  outcome: "inconclusive",
  sentence: `Nothing was compared${stopped === null ? "" : ` (${stopped})`}: ${runs.done} of ${count(runs.planned, "measured run")} were made.`,
  reasons: [{ code: "no-data", message: lacking(cells).message, evidence: {} }, ...beside(runs, stopped)],
  wouldDecide: lacking(cells).wouldDecide
})

const lacking = (cells: readonly CampaignCell[]) =>
  cells.some(({ baseline, usable }) => baseline !== null && usable.every((count) => count > 0))
    ? { message: "no gate speaks of any of its cases", wouldDecide: "a gate that speaks of its cases would decide" }
    : {
        message: "no cell has a baseline and a candidate",
        wouldDecide: "a second backend, or a stored baseline to compare with, would decide"
      }

const sentence = (
  outcome: Outcome,
  deciding: readonly CampaignCell[],
  total: number,
  notes: readonly (string | null)[],
  wouldDecide: string | null
): string => {
  const [worst] = deciding
  const told = notes.filter((note) => note !== null).join("; ")
  const early = told === "" ? "" : ` (${told})`
  const worstWords = worst === undefined ? "" : ownWords(worst)
  switch (outcome) {
    case "pass":
      return total === 1 ? `Holds${early}: ${worstWords}.` : `All ${total} cells hold${early}.`
    case "fail":
      if (total === 1) return `Fails${early}: ${worstWords}.`
      return `${deciding.length} of ${count(total, "cell")} fail${deciding.length === 1 ? "s" : ""}${early}; worst: ${worstWords}.`
    case "inconclusive":
      return `Not decided${total === 1 ? "" : ` in ${deciding.length} of ${total} cells`}${early}: ${worstWords}${wouldDecide === null ? "" : `; ${wouldDecide}`}.`
  }
}

/** What does not hold, and is excused. */
const waivedText = (cells: readonly CampaignCell[]): string | null => {
  const waived = cells.flatMap(({ gates }) =>
    gates.filter(({ waiver, outcome }) => waiver !== null && outcome !== "pass")
  )
  return waived.length === 0
    ? null
    : `${count(waived.length, "gate")} that ${waived.length === 1 ? "does" : "do"} not hold waived`
}

/** Its own sentence within another one; what would decide is told once, for all. */
const ownWords = (cell: CampaignCell): string => {
  const said = (cell.sentence ?? "").replace(/^(?:Not decided|Worse than allowed): /u, "").replace(/\.$/u, "")
  return `${nameOf(cell)}: ${cell.wouldDecide === null ? said : said.replace(`; ${cell.wouldDecide}`, "")}`
}

const nameOf = ({ case: name, point, candidate, baseline }: CampaignCell): string =>
  `${cellKey(name, point)} (${baseline === null ? candidate : `${baseline} to ${candidate}`})`

/** How far the gates that decide are from what is allowed. */
const severity = ({ gates, outcome }: CampaignCell): number =>
  Math.max(
    0,
    ...deciding(gates, outcome).map((gate) =>
      outcome === "inconclusive" ? (gate.moreRunsNeeded ?? 0) : excess(gate) / Math.max(gate.margin ?? 1, 1e-9)
    )
  )

const excess = ({ value, scale }: CampaignCell["gates"][number]): number => {
  if (value === null) return 0
  return scale === "ratio" ? Math.abs(Math.log(value)) : Math.abs(value)
}

const deciding = (gates: CampaignCell["gates"], outcome: Outcome | null): CampaignCell["gates"] =>
  gates.filter((gate) => gate.outcome === outcome && gate.waiver === null)

/** Repeats and the first of what repeats cannot settle; what the worst cell needs comes first. */
const whatWouldDecide = (cells: readonly CampaignCell[]): string | null => {
  const repeats = cells.map(repeatsNeeded)
  const [other] = cells.flatMap(({ wouldDecide }, index) => (repeats[index] === 0 ? (wouldDecide ?? []) : []))
  const most = Math.max(0, ...repeats)
  const byRepeats = most === 0 ? undefined : `${count(most, "more repeat")} would decide`
  const needs = (repeats[0] === 0 ? [other, byRepeats] : [byRepeats, other]).filter((need) => need !== undefined)
  return needs.length === 0 ? null : needs.join("; elsewhere ")
}

/** Runs per side that are all a cell needs; 0 where it needs something else, too. */
const repeatsNeeded = ({ gates, outcome, wouldDecide }: CampaignCell): number => {
  const runs = Math.max(0, ...deciding(gates, outcome).map(({ moreRunsNeeded }) => moreRunsNeeded ?? 0))
  return wouldDecide?.startsWith(count(runs, "more run")) ? runs : 0
}

const reasonOf = (cell: CampaignCell): Reason => {
  const own = deciding(cell.gates, cell.outcome)
  return {
    code: own[0]?.reason ?? "no-data",
    message: ownWords(cell),
    evidence: {
      case: cell.case,
      point: { ...cell.point },
      candidate: cell.candidate,
      gates: own.map(({ name }) => name),
      more_runs_needed: Math.max(0, ...own.map(({ moreRunsNeeded }) => moreRunsNeeded ?? 0)),
      comparison: cell.comparisonId
    }
  }
}

const beside = ({ planned, done, failed }: Ended["runs"], stopped: string | null): readonly Reason[] => [
  ...(failed === 0
    ? []
    : [{ code: "run-failed", message: `${failed} of ${count(planned, "measured run")} failed`, evidence: { failed } }]),
  ...(stopped === null
    ? []
    : [
        { code: "stopped", message: `${stopped}: ${done} of ${count(planned, "measured run")} were made`, evidence: {} }
      ])
]

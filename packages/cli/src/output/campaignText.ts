import type { CampaignReport } from "@sglang-studio/core"
import type { Campaign } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import type { CampaignNotes } from "./campaignNotes.ts"
import { byOutcome, cellName, gateText, originText, roughTime } from "./outcome.ts"
import { table } from "./table.ts"
import { wouldDecideText } from "./verdictText.ts"

const glyphs = { pass: "✓ pass", fail: "✕ fail", inconclusive: "~ inconclusive" } as const

/** A campaign as text: the verdict first, then a line per cell. */
export function campaignText({ campaign, verdict }: CampaignReport, notes: CampaignNotes | null = null): string {
  const { cells, skipped } = campaign
  const origin = originText(campaign)
  const lines = [
    `${glyphs[verdict.outcome]}  ${verdict.sentence}`,
    wouldDecideText(verdict),
    origin === null ? null : `  ${origin}`,
    cells.length === 0
      ? null
      : table(
          byOutcome(cells).map((cell) => [
            cell.outcome === null ? "- measured" : glyphs[cell.outcome],
            cellName(cell),
            cell.gates.map(gateText).join("; "),
            surest(cell.gates.map(({ tier }) => tier))
          ])
        ),
    ...(notes?.problems ?? []).map(
      ({ code, message, runIds }) => `  ${code}: ${message} (${runIds.length} of the runs, such as ${runIds[0]})`
    ),
    skipped.length === 0 ? null : `  ${skipped.length} skipped: ${skipped[0]?.key}: ${skipped[0]?.reason}`,
    statusLine(campaign)
  ]
  return lines.filter((line) => line !== null).join("\n")
}

/** One line of a list. */
export const statusLine = ({ id, suite, status, planned, succeeded, failed, progress }: Campaign): string =>
  `campaign ${id}  ${suite}  ${status}  ${succeeded} of ${count(planned, "run")} succeeded${failed === 0 ? "" : `, ${failed} failed`}, in ${roughTime(progress.elapsedMs)}`

const surest = (tiers: readonly (string | null)[]): string =>
  tiers.includes("confirmed") ? "slower: confirmed" : tiers.includes("likely") ? "slower: likely" : ""

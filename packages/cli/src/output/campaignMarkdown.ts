import type { CampaignReport } from "@sglang-studio/core"
import { cellKey } from "@sglang-studio/core/domain"
import { figuresTell } from "@sglang-studio/core/gate"
import type { CampaignNotes } from "./campaignNotes.ts"
import { markdownTable } from "./markdownTable.ts"
import { percent } from "./number.ts"
import { byOutcome, cellName, changeText, gateText, originText, roughTime } from "./outcome.ts"
import { wouldDecideText } from "./verdictText.ts"

const glyphs = { pass: "✅ pass", fail: "❌ fail", inconclusive: "➖ inconclusive" } as const

/** A campaign as Markdown for somebody who was not there: made to be pasted into a pull request. */
export function campaignMarkdown({ campaign, verdict }: CampaignReport, notes: CampaignNotes): string {
  const { suite, version, backends, against, cells, skipped, planned, succeeded, failed, progress } = campaign
  const failing = cells.flatMap((cell) =>
    cell.gates.filter(({ outcome }) => outcome !== "pass").map((gate) => ({ cell, gate }))
  )
  const origin = originText(campaign)
  const sections = [
    `## ${glyphs[verdict.outcome]}: ${suite} on ${backends.join(", ")}${against === null ? "" : ` against ${against}`}`,
    verdict.sentence,
    wouldDecideText(verdict),
    origin === null ? null : `> ${origin}`,
    markdownTable(
      ["", "case and point", "baseline", "candidate", "gates", "usable runs"],
      byOutcome(cells).map((cell) => [
        cell.outcome === null ? "measured" : glyphs[cell.outcome],
        cellKey(cell.case, cell.point),
        cell.baseline ?? "-",
        cell.candidate,
        cell.gates.map(gateText).join("<br>"),
        cell.baseline === null ? String(cell.usable[1]) : cell.usable.join(" and ")
      ])
    ),
    failing.length === 0
      ? null
      : `### Gates that do not pass\n\n${markdownTable(
          ["gate", "where", "outcome", "change", "interval", "reason", "more runs per side"],
          failing.map(({ cell, gate }) => [
            gate.waiver === null ? gate.name : `${gate.name} (waived)`,
            cellName(cell),
            gate.outcome,
            changeText(gate),
            gate.interval === null ? "-" : gate.interval.map(percent).join(" to "),
            figuresTell(gate) ? gate.reason : gate.message,
            gate.moreRunsNeeded === null ? "-" : String(gate.moreRunsNeeded)
          ])
        )}`,
    notes.problems.length === 0
      ? "Every measured run is valid."
      : `### Runs to look at\n\n${markdownTable(
          ["code", "what", "runs"],
          notes.problems.map(({ code, message, runIds }) => [
            code,
            message,
            runIds.length > 3 ? `${runIds.slice(0, 3).join(", ")} and ${runIds.length - 3} more` : runIds.join(", ")
          ])
        )}`,
    skipped.length === 0
      ? null
      : `### Not run\n\n${skipped
          .slice(0, 10)
          .map(({ key, reason }) => `- \`${key}\`: ${reason}`)
          .join("\n")}${skipped.length > 10 ? `\n- and ${skipped.length - 10} more` : ""}`,
    `### Run it again\n\n\`\`\`sh\n${notes.reproduce.join("\n")}\n\`\`\``,
    `<sub>campaign ${campaign.id}, suite ${suite} version ${version}, seed ${campaign.seed}: ${succeeded} of ${planned} measured runs succeeded, ${failed} failed, in ${roughTime(progress.elapsedMs)}</sub>`
  ]
  return `${sections.filter((section) => section !== null).join("\n\n")}\n`
}

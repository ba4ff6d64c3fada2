import type { ParityReport } from "@sglang-studio/core"
import type { Comparison, ConsistencyReport, Divergence } from "@sglang-studio/core/domain"
import { causeWords } from "@sglang-studio/core/gate"
import { short } from "./number.ts"
import { table } from "./table.ts"

const glyphs = { pass: "✓", fail: "✕", inconclusive: "~", skipped: "·" } as const

const questions = {
  L0: "same token ids?",
  L1: "same logprobs for the same ids?",
  L2: "outputs as likely to the other side?",
  L3: "same greedy outputs?",
  L4: "same scores?"
} as const

/** What a parity check found: the verdict, then level by level, then why, and what would confirm it. */
export function parityText({ comparison, levels, runs, selfChecks, reference }: ParityReport): string {
  const { verdict } = comparison
  return [
    `${glyphs[verdict.outcome]} ${verdict.outcome}  ${verdict.sentence}`,
    verdict.wouldDecide === null ? null : `  would decide: ${verdict.wouldDecide}`,
    "",
    table(
      levels.map(({ level, outcome, reason }) => [level, questions[level], `${glyphs[outcome]} ${outcome}`, reason])
    ),
    comparison.parity === null
      ? null
      : `  tolerance ${short(comparison.parity.tolerance.value)}: ${comparison.parity.tolerance.source}`,
    ...causesText(comparison),
    reference === null ? null : `\n${reference.sentence}`,
    ...selfChecks.map(selfText),
    "",
    `comparison ${comparison.id}, ${runs.length} runs`,
    `  again: studio compare ${comparison.arms.map(armWords).join(" ")}`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

/** Each cause once, by the case that shows it worst. */
function causesText({ divergences }: Comparison): readonly string[] {
  const byCause = Map.groupBy(divergences, ({ cause }) => cause)
  return [...byCause].map(([cause, found]) => {
    const worst = found[0]!
    const cases = new Set(found.map((divergence) => divergence.case)).size
    return [
      `\n${causeWords(cause)}: ${cases} ${cases === 1 ? "case" : "cases"}`,
      `  worst: ${worst.case}${worst.position === null ? "" : ` at token ${worst.position}`}`,
      `  evidence: ${evidenceText(worst)}`,
      worst.confirm.length === 0
        ? null
        : `  checks: ${worst.confirm.map(({ action, status }) => `${action} (${status})`).join(", ")}`
    ]
      .filter((line) => line !== null)
      .join("\n")
  })
}

const evidenceText = ({ evidence }: Divergence): string =>
  Object.entries(evidence)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${valueText(value)}`)
    .join(", ")

const valueText = (value: unknown): string =>
  typeof value === "number" ? short(value) : typeof value === "string" ? value : JSON.stringify(value)

const selfText = ({ backend, outcome, checks }: ConsistencyReport): string =>
  [
    `\n${backend} against itself: ${glyphs[outcome]} ${outcome}`,
    table(
      checks.map((check) => [
        check.name,
        `${glyphs[check.outcome]} ${check.outcome}`,
        check.reason,
        check.maxAbsDelta === null ? "" : `largest difference ${short(check.maxAbsDelta)}`,
        check.outcome === "fail" && check.worst !== null ? `in ${check.worst.case}` : ""
      ])
    )
  ].join("\n")

/** Few runs can be named on a command line; more are found by the comparison. */
const armWords = ({ runIds }: Comparison["arms"][number], index: number): string =>
  `${index === 0 ? "--baseline" : "--candidate"} ${runIds.slice(0, 3).join(",")}${runIds.length > 3 ? ",…" : ""}`

import type { Comparison, Outcome } from "@sglang-studio/core/domain"

const glyphs: Record<Outcome, string> = { pass: "\u2713", fail: "\u2715", inconclusive: "~" }

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")

/** The verdict and its gates as Markdown, to paste into a pull request. */
export const comparisonMarkdown = (comparison: Comparison, address: string): string => {
  const { verdict, gates, arms } = comparison
  const lines = [
    `**${glyphs[verdict.outcome]} ${verdict.outcome.toUpperCase()}** ${verdict.sentence}`,
    "",
    `${arms.map((arm, index) => `${arm.label}${index === 0 ? " (baseline)" : ""}: ${arm.runIds.length} run${arm.runIds.length === 1 ? "" : "s"}`).join(", ")}`
  ]
  if (gates.length > 0) {
    lines.push("", "| gate | outcome | reason |", "|---|---|---|")
    for (const gate of gates)
      lines.push(`| ${cell(gate.name)} | ${glyphs[gate.outcome]} ${gate.outcome} | ${cell(gate.reason)} |`)
  }
  lines.push("", `Comparison \`${comparison.id}\`: ${address}`)
  return lines.join("\n")
}

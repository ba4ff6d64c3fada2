import type { Comparison } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import { markdownTable } from "./markdownTable.ts"
import { percent, short } from "./number.ts"
import { wouldDecideText } from "./verdictText.ts"

const glyphs = { pass: "✅ pass", fail: "❌ fail", inconclusive: "➖ inconclusive" } as const

/** A comparison as Markdown, made to be pasted into a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { verdict, arms, gates, metrics, parity, scores } = comparison
  const sections = [
    `## ${glyphs[verdict.outcome]}: ${arms.map(({ label }) => label).join(" → ")}`,
    verdict.sentence,
    wouldDecideText(verdict),
    markdownTable(
      ["gate", "outcome", "reason"],
      gates.map(({ name, outcome, reason }) => [name, outcome, reason])
    ),
    parity === null
      ? null
      : markdownTable(
          ["tokens", ""],
          [
            ["positions", `${parity.positions} in ${count(parity.prompts, "prompt")}`],
            ["max abs Δ logprob", short(parity.maxAbsDeltaLogprob)],
            ["mean, RMS", `${short(parity.meanAbsDeltaLogprob)}, ${short(parity.rmsDeltaLogprob)}`],
            ["tolerance", `${short(parity.tolerance.value)} (${parity.tolerance.source})`],
            ["greedy equal", `${parity.greedy.equal}/${parity.greedy.prompts}`]
          ]
        ),
    scores === null
      ? null
      : markdownTable(
          ["scores", ""],
          [
            ["max abs Δ score", short(scores.maxAbsDelta)],
            ["rankings changed", `${scores.rankFlips}/${scores.requests}`],
            ["best item changed", `${scores.top1Flips}/${scores.requests}`],
            ["one by one, max abs Δ", short(scores.maxAbsDeltaOneByOne)]
          ]
        ),
    markdownTable(
      ["metric", ...arms.map(({ label }) => label), "ratio"],
      metrics.map((metric) => [
        `${metric.name} (${metric.unit})`,
        ...metric.values.map(short),
        metric.ratio === null ? "-" : percent(metric.ratio)
      ])
    ),
    `<sub>comparison ${comparison.id}</sub>`
  ]
  return `${sections.filter((section) => section !== null).join("\n\n")}\n`
}

import type { Comparison, Confirmation } from "@sglang-studio/core/domain"
import { percent, short } from "./number.ts"
import { table } from "./table.ts"

const glyphs = { pass: "✓ pass", fail: "✕ fail", inconclusive: "~ inconclusive" } as const

/** A comparison as text: the verdict first, then what it rests on. */
export function comparisonText(comparison: Comparison): string {
  const { verdict, parity, scores, arms, metrics } = comparison
  return [
    "",
    `${glyphs[verdict.outcome]}  ${verdict.sentence}`,
    verdict.wouldDecide === null ? null : `  would decide: ${verdict.wouldDecide}`,
    comparison.comparability.outcome === "comparable" ? null : comparabilityText(comparison),
    parity === null
      ? null
      : table([
          ["tokens", `${parity.positions} positions, ${parity.prompts} prompts`],
          [
            "max |Δ logprob|",
            `${short(parity.maxAbsDeltaLogprob)}  mean ${short(parity.meanAbsDeltaLogprob)}  RMS ${short(parity.rmsDeltaLogprob)}`
          ],
          ["tolerance", `${short(parity.tolerance.value)} (${parity.tolerance.source})`]
        ]),
    scores === null
      ? null
      : table([
          ["scores", `${scores.items} items in ${scores.requests} requests`],
          ["max |Δ score|", `${short(scores.maxAbsDelta)}  one by one ${short(scores.maxAbsDeltaOneByOne)}`],
          ["rankings changed", `${scores.rankFlips} of ${scores.requests}`]
        ]),
    metrics.length === 0
      ? null
      : table([
          ["", ...arms.map(({ label }) => label), "ratio"],
          ...metrics.map((metric) => [
            `${metric.name} (${metric.unit})`,
            ...metric.values.map(short),
            metric.ratio === null ? "-" : percent(metric.ratio)
          ])
        ]),
    ...comparison.divergences
      .slice(0, 3)
      .map(
        ({ case: name, position, cause, confirm }) =>
          `  ${cause}: ${name}${position === null ? "" : ` at position ${position}`}${checksText(confirm)}`
      ),
    `comparison ${comparison.id}  (${arms.map(({ label, runIds }) => `${label}: ${runIds.join(" ")}`).join("; ")})`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

const checksText = (confirm: readonly Confirmation[]): string =>
  confirm.length === 0 ? "" : `; ${confirm.map(({ action, status }) => `${action} (${status})`).join(", ")}`

function comparabilityText({ comparability }: Comparison): string {
  const differences = comparability.differences.filter(({ declared }) => !declared).map(({ path }) => path)
  return `  ${comparability.outcome}: ${differences.join(", ")} differ`
}

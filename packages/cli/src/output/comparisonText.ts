import type { Comparison, Confirmation } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import { percent, short } from "./number.ts"
import { placeText } from "./placeText.ts"
import { facts, table } from "./table.ts"
import { wouldDecideText } from "./verdictText.ts"

const glyphs = { pass: "✓ pass", fail: "✕ fail", inconclusive: "~ inconclusive" } as const

/** A comparison as text: the verdict first, then what it rests on. */
export function comparisonText(comparison: Comparison): string {
  const { verdict, parity, scores, arms, metrics, divergences } = comparison
  return [
    "",
    `${glyphs[verdict.outcome]}  ${verdict.sentence}`,
    wouldDecideText(verdict),
    comparison.comparability.outcome === "comparable" ? null : comparabilityText(comparison),
    parity === null && scores === null ? null : facts([...tokenFacts(parity), ...scoreFacts(scores)]),
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
    ...divergences
      .slice(0, shown)
      .map((divergence) => `  ${divergence.cause}: ${placeText(divergence)}${checksText(divergence.confirm)}`),
    divergences.length > shown ? `  and ${divergences.length - shown} more: --json lists all` : null,
    `comparison ${comparison.id}  (${arms.map(armText).join("; ")})`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

/** So many divergences, worst first, are told one by one. */
const shown = 3

const tokenFacts = (parity: Comparison["parity"]): readonly (readonly [string, string])[] =>
  parity === null
    ? []
    : [
        ["tokens", `${count(parity.positions, "position")}, ${count(parity.prompts, "prompt")}`],
        [
          "max |Δ logprob|",
          `${short(parity.maxAbsDeltaLogprob)}  mean ${short(parity.meanAbsDeltaLogprob)}  RMS ${short(parity.rmsDeltaLogprob)}`
        ],
        ["tolerance", `${short(parity.tolerance.value)} (${parity.tolerance.source})`],
        ["greedy outputs equal", `${parity.greedy.equal} of ${parity.greedy.prompts}`]
      ]

const scoreFacts = (scores: Comparison["scores"]): readonly (readonly [string, string])[] =>
  scores === null
    ? []
    : [
        ["scores", `${count(scores.items, "item")} in ${count(scores.requests, "request")}`],
        ["max |Δ score|", `${short(scores.maxAbsDelta)}  one by one ${short(scores.maxAbsDeltaOneByOne)}`],
        ["rankings changed", `${scores.rankFlips} of ${scores.requests}, best item ${scores.top1Flips}`]
      ]

const armText = ({ label, runIds }: Comparison["arms"][number]): string =>
  `${label}: ${runIds.length > 4 ? `${runIds.length} runs` : runIds.join(" ")}`

const checksText = (confirm: readonly Confirmation[]): string =>
  confirm.length === 0 ? "" : `; ${confirm.map(({ action, status }) => `${action} (${status})`).join(", ")}`

function comparabilityText({ comparability }: Comparison): string {
  const differences = comparability.differences.filter(({ declared }) => !declared).map(({ path }) => path)
  return `  ${comparability.outcome}: ${differences.join(", ")} differ`
}

import type { Run, ScoreResult } from "@sglang-studio/core/domain"
import { short } from "./number.ts"
import { table } from "./table.ts"

const badges = { real: "", mock: " [MOCK]", "mock-fallback": " [FALLBACK]", unknown: " [UNKNOWN]" } as const

/** One run as text: what came out, what to know about it, how to get it again. */
export function runText(run: Run): string {
  const badge = badges[run.provenance] + (run.imported === null ? "" : " [IMPORTED]")
  return [
    `${run.backend}  ${run.kind} ${run.status}${badge}  run ${run.id}`,
    run.error === null
      ? null
      : `  ${run.error.code}: ${run.error.message}${run.error.hint === null ? "" : `\n  ${run.error.hint}`}`,
    run.adapterError === null ? null : `  not real: ${run.adapterError.code}: ${run.adapterError.message}`,
    run.score === null ? null : scoreText(run.score),
    run.output === null ? null : `  ${JSON.stringify(run.output.text ?? run.output.tokenIds.join(" "))}`,
    metricsText(run),
    ...run.validity.findings.map((finding) => `  ${finding.severity} ${finding.code}: ${finding.message}`),
    run.artifacts.length === 0 ? null : `  artifacts: ${run.artifacts.map(({ name }) => name).join(", ")}`,
    `  again: ${run.reproduce.cli}`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

function scoreText({ items, labels, scores }: ScoreResult): string {
  const head = [
    "item",
    ...labels.map((label) => (label.text === null ? `#${label.id}` : `${JSON.stringify(label.text)} #${label.id}`))
  ]
  return table([
    head,
    ...items.map((item, row) => [clip(item.text ?? `item ${row}`), ...(scores[row] ?? []).map(short)])
  ])
}

function metricsText({ metrics }: Run): string | null {
  const names = Object.keys(metrics)
  return names.length === 0
    ? null
    : table(names.map((name) => [name, short(metrics[name]!.value), metrics[name]!.unit]))
}

const clip = (text: string) => (text.length > 48 ? `${text.slice(0, 47)}…` : text)

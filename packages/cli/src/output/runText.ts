import type { Studio } from "@sglang-studio/core"
import type { Run, ScoreResult } from "@sglang-studio/core/domain"
import { short } from "./number.ts"
import { facts, table } from "./table.ts"

const badges = { real: "", mock: " [MOCK]", "mock-fallback": " [FALLBACK]", unknown: " [UNKNOWN]" } as const

/** One run as text: what came out, what to know about it, where its files lie, how to get it again. */
export async function runText(studio: Studio, run: Run): Promise<string> {
  const files = run.artifacts.map(async ({ name }) => [name, await studio.runs.artifactPath(run.id, name)] as const)
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
    files.length === 0 ? null : `  artifacts:\n${facts(await Promise.all(files), "    ")}`,
    `  again: ${againOf(run)}`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

/** A command that holds a whole data set is no line to read. */
function againOf({ id, reproduce: { cli } }: Run): string {
  return cli.length <= 4000 ? cli : `the command has ${cli.length} characters; studio runs show ${id} --json tells it`
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

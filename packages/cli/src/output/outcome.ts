import type { Campaign, CampaignCell, CellGate, Outcome } from "@sglang-studio/core/domain"
import { cellKey, metricDefinition } from "@sglang-studio/core/domain"
import { percent, short } from "./number.ts"

/** `random/concurrency=16 (pt to jax)`. */
export const cellName = (cell: CampaignCell): string => `${cellKey(cell.case, cell.point)} (${armsText(cell)})`

/** `pt to jax`. */
export const armsText = ({ baseline, candidate }: CampaignCell): string =>
  baseline === null ? candidate : `${baseline} to ${candidate}`

/** `p95 +3.1 % (limit 5 %)`; a limit of the candidate's own value has no change. */
export const gateText = (gate: CellGate): string => {
  const { name, margin, waiver } = gate
  const limit = margin === null ? "" : ` (limit ${valueText(gate, margin)})`
  return `${name} ${changeText(gate)}${limit}${waiver === null ? "" : ", waived"}`
}

/** How far a gate's metric moved, or what it is, or why that is not told. */
export const changeText = (gate: CellGate): string => {
  const { value, scale, reason } = gate
  if (value === null) return `not told (${reason.replaceAll("-", " ")})`
  return scale === "ratio" ? percent(value) : valueText(gate, value)
}

/** A share in percent, anything else in its metric's unit. */
const valueText = (gate: CellGate, value: number): string =>
  isShare(gate) ? `${short(value * 100)} %` : `${short(value)} ${unitOf(gate)}`.trim()

const unitOf = ({ metric }: CellGate): string => (metric === null ? "" : (metricDefinition(metric)?.unit ?? ""))

/** A change, or a metric that is a share itself. */
const isShare = ({ scale, metric }: CellGate): boolean =>
  scale === "ratio" || (metric !== null && metricDefinition(metric)?.unit === "ratio")

/** Worst first; those that end alike by name, numbers by size. */
export const byOutcome = (cells: readonly CampaignCell[]): readonly CampaignCell[] =>
  cells.toSorted((a, b) => rank(a.outcome) - rank(b.outcome) || byName.compare(cellName(a), cellName(b)))

const byName = new Intl.Collator("en", { numeric: true })

/** Where numbers come from, if not from an engine; null where all are real. */
export const originText = ({ provenances }: Pick<Campaign, "provenances">): string | null => {
  const others = provenances.filter((provenance) => provenance !== "real")
  if (others.length === 0) return null
  return others.length === provenances.length
    ? `No engine was measured: the results are ${others.join(" and ")}.`
    : `Not every result was measured on an engine: some are ${others.join(" and ")}.`
}

const rank = (outcome: Outcome | null): number =>
  outcome === "fail" ? 0 : outcome === "inconclusive" ? 1 : outcome === "pass" ? 2 : 3

/** `4 min`, `12 s`. */
export const roughTime = (ms: number): string =>
  ms < 10_000
    ? `${(ms / 1000).toFixed(1)} s`
    : ms < 90_000
      ? `${Math.round(ms / 1000)} s`
      : ms < 5_400_000
        ? `${Math.round(ms / 60_000)} min`
        : `${short(ms / 3_600_000)} h`

import type { Campaign, CampaignCell } from "@sglang-studio/core/domain"
import { pointWords, type Lens, type MatrixRow } from "./matrix.ts"

/** A point of a figure of throughput against latency. */
interface ParetoPoint {
  readonly x: number
  readonly y: number
  /** Ends of the interval of y; null where it has none, as the baseline's, which the interval is relative to. */
  readonly range: readonly [number, number] | null
  /** Value of the axis that goes sideways in the matrix. */
  readonly label: string
}

export interface ParetoFigure {
  readonly x: { readonly name: string; readonly unit: string }
  readonly y: { readonly name: string; readonly unit: string }
  readonly baseline: readonly ParetoPoint[]
  readonly candidate: readonly ParetoPoint[]
}

const throughputs = ["output_throughput", "total_throughput", "item_throughput", "request_throughput"]
const latencies = [
  "e2e_latency_ms.p95",
  "e2e_latency_ms.p99",
  "e2e_latency_ms.p50",
  "ttft_ms.p95",
  "ttft_ms.p50",
  "tpot_ms.p50",
  "itl_ms.p95"
]

/** Whether a cell can be a point of such a figure. */
export const hasThroughput = ({ metrics }: CampaignCell): boolean =>
  metrics.some(({ name }) => throughputs.includes(name))

/** Latencies of the campaign that can stand against throughput, the usual ones first. */
export const latencyChoices = ({ cells }: Campaign): readonly string[] => {
  const names = new Set(cells.flatMap((cell) => cell.metrics.map((metric) => metric.name)))
  const known = latencies.filter((name) => names.has(name))
  return [...known, ...[...names].filter((name) => /_ms(\.|$)/.test(name) && !known.includes(name))]
}

/** Both sides of one row of the matrix, in the order of its columns. Null where no cell has both figures. */
export const paretoOf = (row: MatrixRow, latency: string, { columns }: Lens): ParetoFigure | null => {
  const cells = row.cells.filter((cell) => cell !== null)
  const throughput = throughputs.find((name) => cells.some((cell) => side(cell, name, latency, 1, columns) !== null))
  if (throughput === undefined) return null
  const points = (arm: 0 | 1) => cells.flatMap((cell) => side(cell, throughput, latency, arm, columns) ?? [])
  const unit = (name: string) => cells.flatMap((cell) => metricOf(cell, name) ?? [])[0]?.unit ?? ""
  return {
    x: { name: throughput, unit: unit(throughput) },
    y: { name: latency, unit: unit(latency) },
    baseline: points(0),
    candidate: points(1)
  }
}

const side = (
  cell: CampaignCell,
  throughput: string,
  latency: string,
  arm: 0 | 1,
  columns: string | null
): ParetoPoint | null => {
  const [fast, slow] = [metricOf(cell, throughput), metricOf(cell, latency)]
  const [x, y] = [fast?.values[arm], slow?.values[arm]]
  if (x == null || y == null) return null
  const base = slow?.values[0]
  const interval = arm === 1 ? slow?.interval : null
  return {
    x,
    y,
    range: interval == null || base == null ? null : [base * interval[0], base * interval[1]],
    label: columns === null ? "" : pointWords({ [columns]: cell.point[columns] ?? "" })
  }
}

const metricOf = (cell: CampaignCell, name: string) => cell.metrics.find((metric) => metric.name === name) ?? null

import {
  cellKey,
  type AxisValue,
  type Campaign,
  type CampaignCell,
  type CellGate,
  type Outcome,
  type Point
} from "@sglang-studio/core/domain"

import { sideOf, type Side } from "../../base/sides.ts"

/** Which slice of a campaign the matrix shows. */
export interface Lens {
  /** Name of the gate. */
  readonly gate: string
  readonly candidate: string
  /** The axis that goes sideways; null where nothing varies. */
  readonly columns: string | null
}

/** Everything that a lens can be set to, and what it is set to where nobody chose. */
export interface LensChoices {
  readonly gates: readonly string[]
  readonly candidates: readonly string[]
}

export interface MatrixRow {
  readonly key: string
  /** `prefill, input 512`; what all rows share is left out. */
  readonly label: string
  /** One per column; null where the plan has no such cell. One alone where the case does not use the columns' axis. */
  readonly cells: readonly (CampaignCell | null)[]
}

export interface Matrix {
  readonly columns: readonly AxisValue[]
  readonly rows: readonly MatrixRow[]
}

export const lensChoices = ({ cells }: Campaign): LensChoices => ({
  gates: distinct(cells.flatMap((cell) => cell.gates.map((gate) => gate.name))),
  candidates: distinct(cells.map((cell) => cell.candidate))
})

/** Axes of what a gate judges. */
export const axesOf = (campaign: Campaign, gate: string): readonly string[] =>
  distinct(judgedBy(campaign, gate).flatMap((cell) => Object.keys(cell.point)))

/** The cells of every case that has the gate somewhere, judged yet or not; all of them where nothing is judged yet. */
const judgedBy = ({ cells }: Campaign, gate: string): readonly CampaignCell[] => {
  const cases = new Set(cells.filter((cell) => gateOf(cell, gate) !== null).map((cell) => cell.case))
  return cases.size === 0 ? cells : cells.filter((cell) => cases.has(cell.case))
}

interface Asked {
  readonly gate: string | null
  readonly candidate: string | null
  readonly columns: string | null
}

/** What was asked for where it exists; else the gate that fares worst, and sideways the axis of load, or that of most values. */
export const chooseLens = (campaign: Campaign, asked: Asked): Lens => {
  const { gates, candidates } = lensChoices(campaign)
  const among = (choices: readonly string[], name: string | null) => choices.find((one) => one === name)
  const worst = gates.toSorted((a, b) => worstOf(campaign, a) - worstOf(campaign, b))[0]
  const gate = among(gates, asked.gate) ?? worst ?? ""
  const axes = axesOf(campaign, gate)
  const load = axes.find((axis) => /concurren|rate|batch/.test(axis))
  const widest = axes.toSorted((a, b) => valuesOf(campaign.cells, b).length - valuesOf(campaign.cells, a).length)[0]
  return {
    gate,
    candidate: among(candidates, asked.candidate) ?? candidates[0] ?? "",
    columns: among(axes, asked.columns) ?? load ?? widest ?? null
  }
}

/** What the gate judges of one candidate, a row per case and rest of the point. */
export const matrixOf = (campaign: Campaign, { gate, candidate, columns }: Lens): Matrix => {
  const cells = judgedBy(campaign, gate).filter((cell) => cell.candidate === candidate)
  const values = columns === null ? [""] : valuesOf(cells, columns)
  const cases = distinct(cells.map((cell) => cell.case))
  const rows = new Map<string, { label: string; order: Point; cells: (CampaignCell | null)[] }>()
  for (const cell of cells) {
    const rest = Object.fromEntries(Object.entries(cell.point).filter(([axis]) => axis !== columns))
    const key = cellKey(cell.case, rest)
    const value = columns === null ? "" : cell.point[columns]
    const row = rows.get(key) ?? {
      label: rowLabel(cases.length > 1, cell.case, rest),
      order: rest,
      cells: value === undefined ? [null] : values.map(() => null)
    }
    row.cells[value === undefined ? 0 : values.indexOf(value)] = cell
    rows.set(key, row)
  }
  return {
    columns: values,
    rows: [...rows]
      .toSorted(([a, { order: p }], [b, { order: q }]) => comparePoints(p, q) || a.localeCompare(b))
      .map(([key, { label, cells: inRow }]) => ({ key, label, cells: inRow }))
  }
}

/** The colour of a candidate, here as in the comparison that a cell opens when there is one candidate alone. */
export const candidateSide = (campaign: Campaign, candidate: string): Side =>
  sideOf(1 + lensChoices(campaign).candidates.indexOf(candidate))

export const gateOf = (cell: CampaignCell, name: string): CellGate | null =>
  cell.gates.find((gate) => gate.name === name) ?? null

export const outcomeRank: { readonly [K in Outcome]: number } = { fail: 0, inconclusive: 1, pass: 2 }

/** `input 512, dtype float32` */
export const pointWords = (point: Point): string =>
  Object.entries(point)
    .map(([axis, value]) => `${axis.replaceAll("_", " ")} ${String(value)}`)
    .join(", ")

/** A cell by what sets it apart. */
export const cellWords = (cell: Pick<CampaignCell, "case" | "point">): string =>
  [cell.case, pointWords(cell.point)].filter(Boolean).join(", ")

const rowLabel = (several: boolean, name: string, rest: Point): string => {
  const words = pointWords(rest)
  return several || words === "" ? [name, words].filter(Boolean).join(", ") : words
}

const worstOf = (campaign: Campaign, name: string): number =>
  Math.min(
    3,
    ...campaign.cells.flatMap((cell) => {
      const gate = gateOf(cell, name)
      return gate === null || gate.waiver !== null ? [] : [outcomeRank[gate.outcome]]
    })
  )

const valuesOf = (cells: readonly CampaignCell[], axis: string): readonly AxisValue[] =>
  distinct(cells.flatMap((cell) => cell.point[axis] ?? [])).toSorted(compareValues)

const compareValues = (a: AxisValue, b: AxisValue): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b))

const comparePoints = (a: Point, b: Point): number => {
  for (const axis of Object.keys(a).toSorted()) {
    const order = compareValues(a[axis] ?? "", b[axis] ?? "")
    if (order !== 0) return order
  }
  return 0
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

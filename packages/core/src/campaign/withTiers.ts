import type { CampaignCell, CellGate } from "../domain/campaign.ts"
import { tiersOf } from "../gate/tiers.ts"

/**
 * Each gate on the change of a metric is told, over all cells, how surely its cell is worse than the baseline. One of
 * several requests of a cell has no p-value of its own, and no tier.
 */
export const withTiers = (cells: readonly CampaignCell[]): readonly CampaignCell[] => {
  const names = [...new Set(cells.flatMap(({ gates }) => gates.filter(isTested).map(({ name }) => name)))]
  const byGate = new Map(
    names.map((name) => [
      name,
      tiersOf(
        cells.map(({ gates, metrics }) => {
          const gate = gates.find((one) => one.name === name && isTested(one))
          return gate === undefined ? null : (metrics.find((metric) => metric.name === gate.metric)?.p ?? null)
        })
      )
    ])
  )
  return cells.map((cell, index) => ({
    ...cell,
    gates: cell.gates.map((gate) => ({
      ...gate,
      tier: isTested(gate) ? (byGate.get(gate.name)?.[index] ?? null) : null
    }))
  }))
}

const isTested = ({ scale, interval }: CellGate): boolean => scale === "ratio" && interval !== null

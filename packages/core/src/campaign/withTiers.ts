import type { CampaignCell } from "../domain/campaign.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { tiersOf } from "../gate/tiers.ts"

/** Each gate of a metric is told, over all cells, how surely its cell is worse than the baseline. */
export const withTiers = (
  cells: readonly CampaignCell[],
  rules: readonly GateRule[] | null
): readonly CampaignCell[] => {
  const metricOf = (gate: string): string | null => {
    if (rules === null) return gate
    const rule = rules.find(({ name }) => name === gate)
    return rule !== undefined && "maxRegression" in rule ? rule.metric : null
  }
  const names = [...new Set(cells.flatMap(({ gates }) => gates.map(({ name }) => name)))]
  const byGate = new Map(
    names.map((gate) => {
      const metric = metricOf(gate)
      const ps = cells.map((cell) => {
        const isJudged = metric !== null && cell.gates.some(({ name }) => name === gate)
        return isJudged ? (cell.metrics.find(({ name }) => name === metric)?.p ?? null) : null
      })
      return [gate, tiersOf(ps)] as const
    })
  )
  return cells.map((cell, index) => ({
    ...cell,
    gates: cell.gates.map((gate) => ({ ...gate, tier: byGate.get(gate.name)?.[index] ?? null }))
  }))
}

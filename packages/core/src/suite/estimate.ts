import { cellKey, type PlannedRun } from "../domain/plan.ts"
import { quantile } from "../math/quantile.ts"

/** Milliseconds that the run of a key took before; null: it was never run. */
export type History = (key: string) => number | null

/** How long runs will take. One that was never run is taken for the middle of its arm, else of everything known. */
export const estimateMs = (runs: readonly PlannedRun[], history: History): number | null => {
  const known = runs.flatMap((run) => {
    const ms = history(run.key)
    return ms === null ? [] : [{ key: run.key, arm: armOf(run), ms }]
  })
  if (known.length === 0) return null
  const own = new Map(known.map(({ key, ms }) => [key, ms]))
  const byArm = Map.groupBy(known, ({ arm }) => arm)
  const typical = middle(known)
  const typicalOf = new Map([...byArm].map(([arm, of]) => [arm, middle(of)]))
  return Math.round(runs.reduce((sum, run) => sum + (own.get(run.key) ?? typicalOf.get(armOf(run)) ?? typical), 0))
}

const armOf = ({ case: name, point, backend }: PlannedRun): string => `${cellKey(name, point)}/${backend}`

const middle = (known: readonly { readonly ms: number }[]): number =>
  quantile(
    known.map(({ ms }) => ms),
    0.5
  ) ?? 0

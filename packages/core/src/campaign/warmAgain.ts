import { cellKey, type Plan, type PlannedRun } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { armOf, fileCase } from "./cells.ts"
import type { Seat } from "./seatOf.ts"

/**
 * The plan with the warm-up runs that it lacks where it is gone on with: a server that was up when it was cut off starts
 * cold. All later starts have theirs. The same plan where it lacks none.
 */
export const warmAgain = (
  suite: Suite,
  plan: Plan,
  done: { readonly has: (key: string) => boolean },
  seatAt: (run: PlannedRun) => Seat
): Plan => {
  const seriesOf = (run: PlannedRun): string => armOf(suite, run)
  const served = firstServed(
    plan.runs.filter(({ key }) => !done.has(key)),
    seatAt
  )
  const extra = new Map<string, readonly PlannedRun[]>()
  for (const [series, runs] of Map.groupBy(served, seriesOf)) {
    const first = runs[0]!
    /** Warm-up runs of the series that are still to be made. */
    const left = runs.findIndex(({ phase }) => phase === "measured")
    if (left < 0) continue
    const before = plan.runs.filter((run) => isAgain(run) && seriesOf(run) === series).length
    extra.set(
      first.key,
      Array.from({ length: Math.max(0, suite.warmup - left) }, (_, index) => again(suite, first, before + index + 1))
    )
  }
  const runs = plan.runs.flatMap((run) => [...(extra.get(run.key) ?? []), run])
  return runs.length === plan.runs.length ? plan : { ...plan, runs: numbered(runs) }
}

/** The runs that the next server of ours will serve, from its start on. */
const firstServed = (runs: readonly PlannedRun[], seatAt: (run: PlannedRun) => Seat): readonly PlannedRun[] => {
  const served: PlannedRun[] = []
  let server: string | null = null
  for (const run of runs) {
    const seat = seatAt(run)
    if (seat._tag === "anywhere") continue
    if (seat._tag === "alone" || (server !== null && seat.key !== server)) break
    server = seat.key
    served.push(run)
  }
  return served
}

/** Of several cases of one file the first is the one that warms up. */
const again = (suite: Suite, run: PlannedRun, repeat: number): PlannedRun => {
  const of = fileCase(suite, run.case)
  const name = suite.cases.find((one) => one.of === of)?.name ?? run.case
  const key = `${cellKey(name, run.point)}/${run.backend}/${prefix}${repeat}`
  return { ...run, key, case: name, repeat, phase: "warmup" }
}

/** No warm-up of a longer plan has such a key. */
const prefix = "warmup-again-"

const isAgain = ({ key }: PlannedRun): boolean => key.slice(key.lastIndexOf("/") + 1).startsWith(prefix)

const numbered = (runs: readonly PlannedRun[]): readonly PlannedRun[] => {
  const last = new Map<number, number>()
  return runs.map((run) => {
    const position = (last.get(run.block) ?? 0) + 1
    last.set(run.block, position)
    return { ...run, position }
  })
}

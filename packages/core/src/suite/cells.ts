import { cellKey, type Point, type SkippedRun } from "../domain/plan.ts"
import type { Suite, SuiteCase } from "../domain/suite.ts"
import { runKind, type RunRequest } from "../domain/workload.ts"
import type { PlanBackend } from "./PlanBackend.ts"
import { fillText } from "./placeholders.ts"
import { casePoints } from "./points.ts"

/** A case at a point, and who can run it. */
export interface Cell {
  readonly case: SuiteCase
  readonly point: Point
  readonly arms: readonly PlanBackend[]
}

/** Everything that one repeat consists of, as the file says, and what cannot be run at all. */
export const cellsOf = (
  suite: Suite,
  backends: readonly PlanBackend[]
): { readonly cells: readonly Cell[]; readonly skipped: readonly SkippedRun[] } => {
  const names = new Set(suite.cases.map(({ of }) => of))
  const pointsOf = new Map([...names].map((name) => [name, casePoints(suite, name)]))
  const skipped = new Map<string, SkippedRun>()
  const cells = suite.cases.flatMap((each) =>
    (pointsOf.get(each.of) ?? []).map((point): Cell => {
      const arms = backends.filter((backend) => {
        const reason = whyNot(suite, each, point, backend)
        const key = `${cellKey(each.of, point)}/${backend.name}`
        if (reason !== null) skipped.set(key, { key, reason })
        return reason === null
      })
      return { case: each, point, arms }
    })
  )
  return { cells: cells.filter(({ arms }) => arms.length > 0), skipped: [...skipped.values()] }
}

/** Whether a cell's run on this backend brings an engine of its own. */
export const isStandalone = ({ case: { request }, point }: Omit<Cell, "arms">, { standalone }: PlanBackend): boolean =>
  standalone.some((entrypoint) => entrypoint === entrypointAt(request, point))

/** Null for what is no benchmark. */
const entrypointAt = (request: RunRequest, point: Point): string | null =>
  "benchmark" in request ? fillText(request.benchmark.entrypoint, point) : null

const whyNot = ({ launch }: Suite, each: SuiteCase, point: Point, backend: PlanBackend): string | null => {
  const { name, operations, entrypoints, canLaunch } = backend
  const kind = runKind(each.request)
  if (!operations.includes(kind)) return `${name} cannot ${kind}`
  const entrypoint = entrypointAt(each.request, point)
  if (entrypoint !== null && !entrypoints.includes(entrypoint))
    return `${name} has no entrypoint "${entrypoint}"; it has ${entrypoints.join(", ")}`
  const flags = Object.keys(launch)
  if (flags.length === 0) return null
  if (!canLaunch)
    return `the studio does not start ${name}, so that it cannot set ${flags.join(", ")}: give it \`launch\` in the config`
  return isStandalone({ case: each, point }, backend)
    ? "this entrypoint starts an engine of its own, which launch values do not reach: give it the flags in `set`"
    : null
}

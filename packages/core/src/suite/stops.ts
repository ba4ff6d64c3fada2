import { pointText } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import { isStandalone, type Cell } from "./cells.ts"
import { launchAt } from "./planned.ts"
import type { PlanBackend } from "./PlanBackend.ts"

/** What must be up for a run: a server that the studio starts, none of these servers, or whatever there is. */
export type Place =
  | { readonly _tag: "server"; readonly backend: string; readonly key: string }
  | { readonly _tag: "alone" }
  | { readonly _tag: "anywhere" }

/** Arms of one cell that run one right after the other. */
export interface Unit {
  readonly cell: Cell
  readonly arms: readonly PlanBackend[]
  readonly place: Place
}

/** Units that share a place, so that no server is started twice for them. */
export interface Stop {
  readonly place: Place
  readonly units: readonly Unit[]
}

/**
 * One repeat of everything, divided by what must be up for it; stops that should be close together are in one list. These
 * are the ones with the same launch values, or of the same point where servers are started anew for each point.
 */
export const stopsOf = (suite: Suite, cells: readonly Cell[]): readonly (readonly Stop[])[] => {
  const nearOf = ({ cell: { point }, place }: Unit): string =>
    place._tag === "anywhere"
      ? ""
      : suite.order.restart === "point"
        ? pointText(point)
        : canonicalJson(launchAt(suite, point))
  return grouped(
    cells.flatMap((cell) => unitsOf(suite, cell)),
    nearOf
  ).map((near) => grouped(near, ({ place }) => keyOf(place)).map((units) => ({ place: units[0]!.place, units })))
}

/** Arms that need nothing of ours go with the first that does. */
const unitsOf = (suite: Suite, cell: Cell): readonly Unit[] => {
  const placed = cell.arms.map((backend) => ({ backend, place: placeOf(suite, cell, backend) }))
  const first = placed.find(({ place }) => place._tag !== "anywhere")?.place ?? { _tag: "anywhere" }
  const settled = placed.map(({ backend, place }) => ({ backend, place: place._tag === "anywhere" ? first : place }))
  return grouped(settled, ({ place }) => keyOf(place)).map((arms) => ({
    cell,
    arms: arms.map(({ backend }) => backend),
    place: arms[0]!.place
  }))
}

const placeOf = (suite: Suite, cell: Cell, backend: PlanBackend): Place => {
  if (!backend.canLaunch) return { _tag: "anywhere" }
  if (isStandalone(cell, backend)) return { _tag: "alone" }
  const { restart } = suite.order
  const args = restart === "point" ? cell.point : launchAt(suite, cell.point)
  return { _tag: "server", backend: backend.name, key: canonicalJson({ backend: backend.name, args }) }
}

const keyOf = (place: Place): string => (place._tag === "server" ? place.key : place._tag)

/** Lists of the items with the same key, by their first. */
const grouped = <T>(items: readonly T[], keyed: (item: T) => string): readonly (readonly T[])[] => [
  ...Map.groupBy(items, keyed).values()
]

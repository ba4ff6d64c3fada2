import type { JsonObject } from "../domain/json.ts"
import type { PlannedRun } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import type { PlanBackend } from "../suite/PlanBackend.ts"
import { launchAt, requestAt } from "../suite/planned.ts"

/** What must be up for a run: a server that the studio starts, none of these, or whatever there is. */
export type Seat =
  | { readonly _tag: "server"; readonly backend: string; readonly args: JsonObject; readonly key: string }
  | { readonly _tag: "alone" }
  | { readonly _tag: "anywhere" }

/** Runs in a row whose seat has the same key share a server; a new key is a new start. */
export const seatOf = (suite: Suite, run: PlannedRun, { canLaunch, standalone }: PlanBackend): Seat => {
  if (!canLaunch) return { _tag: "anywhere" }
  const request = requestAt(suite, run)
  if ("benchmark" in request && standalone.includes(request.benchmark.entrypoint)) return { _tag: "alone" }
  const args = launchAt(suite, run.point)
  const { restart } = suite.order
  const key = canonicalJson({
    backend: run.backend,
    args,
    ...(restart !== "never" && { block: run.block }),
    ...(restart === "point" && { point: run.point })
  })
  return { _tag: "server", backend: run.backend, args, key }
}

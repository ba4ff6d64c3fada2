import type { JsonObject } from "../domain/json.ts"
import type { PlannedRun, Point } from "../domain/plan.ts"
import { caseNamed, type Suite, type SuiteCase } from "../domain/suite.ts"
import type { RunRequest } from "../domain/workload.ts"
import { fillRequest } from "./fillRequest.ts"
import { fillJson, fillText, placeholdersIn } from "./placeholders.ts"

/** What a planned run asks: its case, with the values of its point. */
export const requestAt = (suite: Suite, { case: name, point }: Pick<PlannedRun, "case" | "point">): RunRequest =>
  fillRequest(caseOf(suite, name).request, point)

/** The launch values of a suite at a point; they come on top of a backend's own. */
export const launchAt = ({ launch }: Pick<Suite, "launch">, point: Point): JsonObject =>
  fillJson(launch, point) as JsonObject

/** Tags of a planned run. A tag of the suite with an axis that the case does not use is left out. */
export const tagsAt = (suite: Suite, { case: name, point }: Pick<PlannedRun, "case" | "point">): readonly string[] => {
  const own = suite.tags.filter((tag) => [...placeholdersIn(tag)].every((axis) => axis in point))
  return [...new Set([...own, ...caseOf(suite, name).tags].map((tag) => fillText(tag, point)))]
}

const caseOf = (suite: Suite, name: string): SuiteCase => {
  const found = caseNamed(suite, name)
  if (found === null) throw new RangeError(`the suite has no case "${name}"`)
  return found
}

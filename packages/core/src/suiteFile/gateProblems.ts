import { metricDefinition, metricDefinitions, splitMetric } from "../domain/metricDefinitions.ts"
import { didYouMean } from "./didYouMean.ts"
import type { Problem } from "./Problem.ts"
import type { SuiteFile } from "./SuiteFile.ts"

type Gate = NonNullable<SuiteFile["gates"]>[number]

/** Gates that say nothing, or two things at once, or hold a metric that nobody measures. */
export const gateProblems = (gates: readonly Gate[]): readonly Problem[] =>
  gates.flatMap((gate, index) =>
    problemsOf(gate).map(({ path, message }) => ({
      path: path === "" ? `gates.${index}` : `gates.${index}.${path}`,
      message
    }))
  )

const problemsOf = (gate: Gate): readonly Problem[] => {
  if ((gate.metric === undefined) === (gate.parity === undefined))
    return [{ path: "", message: "give either metric or parity" }]
  const mayHave = fieldsOf(gate)
  const foreign = limits.filter((field) => gate[field] !== undefined && !mayHave.includes(field))
  const given = limits.filter((field) => gate[field] !== undefined && mayHave.includes(field))
  return [
    ...foreign.map((path) => ({ path, message: `not of such a gate; it may have ${mayHave.join(", ")}` })),
    ...(gate.metric === undefined ? [] : metricProblems(gate.metric)),
    ...(gate.metric !== undefined && given.length !== 1
      ? [{ path: "", message: "give either max_regression (against the baseline) or max (of its own)" }]
      : [])
  ]
}

const limits = ["max_regression", "max", "tolerance", "max_abs_delta", "max_rank_flips"] as const

const fieldsOf = ({ metric, parity }: Gate): readonly (typeof limits)[number][] => {
  if (metric !== undefined) return ["max_regression", "max"]
  return parity === "token" ? ["tolerance"] : ["max_abs_delta", "max_rank_flips"]
}

/** Adapters may have metrics of their own, but not ones that are almost the known ones. */
const metricProblems = (name: string): readonly Problem[] => {
  if (metricDefinition(name) !== null) return []
  const { stem, statistic } = splitMetric(name)
  if (metricDefinitions[stem] !== undefined && statistic !== null)
    return [{ path: "metric", message: `${stem} has no ${statistic}; write ${stem}` }]
  const hint = didYouMean(stem, Object.keys(metricDefinitions))
  return hint === "" ? [] : [{ path: "metric", message: `"${name}" is no metric${hint}` }]
}

import type { GateRule } from "../domain/gateRule.ts"
import { metricDefinition, metricDefinitions, splitMetric } from "../domain/metricDefinitions.ts"
import { twice } from "./checkCases.ts"
import { nearest } from "./nearest.ts"
import { parseShare } from "./parseShare.ts"
import type { GateFile, SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** What is wrong with a suite's gates. */
export const checkGates = ({ gates = [], cases }: SuiteFile): readonly SuiteProblem[] => [
  ...gates.flatMap((gate, index) => gateProblems(gate, ["gates", String(index)])),
  ...gates.flatMap(({ parity }, index) => idleProblems(parity, cases, ["gates", String(index), "parity"])),
  ...twice(
    gates.map(({ name }) => name),
    (index) => ["gates", index, "name"]
  )
]

/** What a case must be to give a gate on parity something to compare. */
const answers = { token: "generate", score: "score" } as const

/** A gate that no case can answer would be passed by saying nothing. */
const idleProblems = (
  parity: GateFile["parity"],
  cases: SuiteFile["cases"],
  at: readonly string[]
): readonly SuiteProblem[] => {
  if (parity === undefined || cases.some((one) => one[answers[parity]] !== undefined)) return []
  return [
    {
      at,
      message: `no case ${parity === "token" ? "generates" : "scores"}, so that nothing is compared; add one, or leave the gate out`
    }
  ]
}

/** The rule of a gate in which nothing is wrong. */
export const gateRule = ({ name, metric = "", ...gate }: GateFile): GateRule => {
  const { max, tolerance, max_abs_delta: maxAbsDelta, max_rank_flips: maxRankFlips } = gate
  if (gate.parity === "token") return { name, parity: "token", ...(tolerance !== undefined && { tolerance }) }
  if (gate.parity === "score")
    return {
      name,
      parity: "score",
      ...(maxAbsDelta !== undefined && { maxAbsDelta }),
      ...(maxRankFlips !== undefined && { maxRankFlips })
    }
  return max === undefined
    ? { name, metric, maxRegression: parseShare(gate.max_regression) ?? 0 }
    : { name, metric, max: parseShare(max) ?? 0 }
}

/** Which fields a gate of each kind may have besides its name. */
const fields = {
  metric: ["metric", "max_regression", "max"],
  token: ["parity", "tolerance"],
  score: ["parity", "max_abs_delta", "max_rank_flips"]
} as const

const gateProblems = (gate: GateFile, at: readonly string[]): readonly SuiteProblem[] => {
  const { metric, parity } = gate
  if ((metric === undefined) === (parity === undefined))
    return [
      { at, message: "give either `metric` with `max_regression` or `max`, or `parity: token` or `parity: score`" }
    ]
  const allowed: readonly string[] = fields[parity ?? "metric"]
  const strangers = Object.keys(gate).filter((field) => field !== "name" && !allowed.includes(field))
  return [
    ...strangers.map((field): SuiteProblem => ({
      at: [...at, field],
      on: "key",
      message: `does not belong to ${parity === undefined ? "a gate on a metric" : `\`parity: ${parity}\``}, which takes ${allowed.slice(1).join(", ")}`
    })),
    ...(metric === undefined ? [] : metricProblems(metric, gate, at))
  ]
}

const metricProblems = (
  metric: string,
  { max, max_regression: maxRegression }: GateFile,
  at: readonly string[]
): readonly SuiteProblem[] => [
  ...((max === undefined) === (maxRegression === undefined)
    ? [{ at, message: "give one limit: `max_regression`, such as 5%, or `max` in the metric's unit" }]
    : []),
  ...(maxRegression === undefined
    ? []
    : [...shareProblems(maxRegression, [...at, "max_regression"]), ...directionProblems(metric, [...at, "metric"])]),
  ...(max === undefined ? [] : limitProblems(metric, max, [...at, "max"])),
  ...nameProblems(metric, [...at, "metric"])
]

/** What is neither better nor worse cannot become worse. */
const directionProblems = (metric: string, at: readonly string[]): readonly SuiteProblem[] =>
  metricDefinition(metric)?.better === null
    ? [{ at, message: `of ${metric} neither more nor less is worse; give a limit with \`max\`, or leave the gate out` }]
    : []

const limitProblems = (metric: string, max: string | number, at: readonly string[]): readonly SuiteProblem[] => {
  const definition = metricDefinition(metric)
  if (definition === null) return []
  if (definition.better === "higher")
    return [{ at, message: `of ${metric} more is better, and \`max\` would refuse it; use max_regression` }]
  return definition.unit !== "ratio" && String(max).includes("%")
    ? [
        {
          at,
          message: `${max} is a share, and ${metric} is in ${definition.unit}; write a number of ${definition.unit}`
        }
      ]
    : []
}

/** A bare number above 1 is nearly always a percentage whose sign was forgotten. */
const shareProblems = (written: string | number, at: readonly string[]): readonly SuiteProblem[] => {
  const share = String(written).includes("%") ? null : parseShare(written)
  if (share === null || share <= 1) return []
  return [{ at, message: `${written} is ${share * 100} %; write ${written}% where that is meant` }]
}

/** Percentiles have two digits or more: `p05`, `p50`, `p999`. */
const statistics = /^(?:mean|std|p\d{2,})$/u

/** A metric that only an adapter knows is let through; one that looks like a slip is not. */
const nameProblems = (metric: string, at: readonly string[]): readonly SuiteProblem[] => {
  const { stem, statistic } = splitMetric(metric)
  if (metricDefinition(metric) !== null)
    return statistic === null || statistics.test(statistic)
      ? []
      : [
          {
            at,
            message: `"${statistic}" is no statistic of ${stem}; write ${stem}.mean, or a percentile such as ${stem}.p95`
          }
        ]
  if (metricDefinitions[stem] !== undefined)
    return [{ at, message: `"${stem}" has one value per run, and no ${statistic}; write ${stem}` }]
  const near = nearest(stem, Object.keys(metricDefinitions))
  return near === null
    ? []
    : [
        {
          at,
          message: `no metric is named "${metric}"; did you mean ${near}${statistic === null ? "" : `.${statistic}`}?`
        }
      ]
}

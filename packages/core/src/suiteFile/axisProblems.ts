import { type AxisValue, type Point, pointText } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { placeholdersIn } from "../suite/placeholders.ts"
import { usedAxes } from "../suite/points.ts"
import { didYouMean } from "./didYouMean.ts"
import type { Problem } from "./Problem.ts"
import type { SuiteFile } from "./SuiteFile.ts"

/** Axes that nothing uses, `${…}` that is no axis, linked lists of other lengths, points that hold what no axis has. */
export const axisProblems = (suite: Suite, file: SuiteFile): readonly Problem[] => {
  const axes = axesOf(suite)
  const names = [...new Set([...axes.map(({ name }) => name), ...suite.matrix.include.flatMap(Object.keys)])]
  return [
    ...unused(suite, axes),
    ...twice(axes),
    ...unlinked(suite),
    ...unknown(file, names),
    ...suite.matrix.exclude.flatMap((point, index) => strangers(`matrix.exclude.${index}`, point, axes)),
    ...suite.matrix.include.flatMap((point, index) => lacking(suite, `matrix.include.${index}`, point))
  ]
}

interface Axis {
  readonly name: string
  readonly path: string
  readonly values: readonly AxisValue[]
}

const axesOf = ({ matrix }: Suite): readonly Axis[] => [
  ...Object.entries(matrix.axes).map(([name, values]) => ({ name, path: `matrix.axes.${name}`, values })),
  ...matrix.linked.flatMap((lists, index) =>
    Object.entries(lists).map(([name, values]) => ({ name, path: `matrix.linked.${index}.${name}`, values }))
  )
]

const filesCases = ({ cases }: Suite): readonly string[] => [...new Set(cases.map((one) => one.of))]

const unused = (suite: Suite, axes: readonly Axis[]): readonly Problem[] => {
  const used = new Set(filesCases(suite).flatMap((name) => [...usedAxes(suite, name)]))
  return axes
    .filter(({ name }) => !used.has(name))
    .map(({ name, path }) => ({
      path,
      message: `nothing uses this axis: write \${${name}} in a case's set, prompt or tags, or in launch, or leave the axis out`
    }))
}

const twice = (axes: readonly Axis[]): readonly Problem[] =>
  axes.flatMap(({ name, path, values }, index) => [
    ...(axes.findIndex((other) => other.name === name) < index ? [{ path, message: "this axis is given twice" }] : []),
    ...(new Set(values).size < values.length ? [{ path, message: "a value is there twice" }] : [])
  ])

const unlinked = ({ matrix }: Suite): readonly Problem[] =>
  matrix.linked.flatMap((lists, index) => {
    const lengths = Object.entries(lists).map(([name, values]) => `${name} has ${values.length}`)
    return new Set(Object.values(lists).map(({ length }) => length)).size > 1
      ? [{ path: `matrix.linked.${index}`, message: `linked axes need as many values each: ${lengths.join(", ")}` }]
      : []
  })

const unknown = ({ cases, launch = {}, tags = [] }: SuiteFile, names: readonly string[]): readonly Problem[] =>
  [
    { path: "launch", value: launch },
    { path: "tags", value: tags },
    ...cases.flatMap(({ benchmark, set, score, generate, tags: own = [] }, index) =>
      Object.entries({ benchmark, set, score, generate, tags: own }).map(([key, value]) => ({
        path: `cases.${index}.${key}`,
        value: value ?? null
      }))
    )
  ].flatMap(({ path, value }) =>
    [...placeholdersIn(JSON.parse(JSON.stringify(value)))]
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path,
        message: `\${${name}} is no axis of the matrix${didYouMean(name, names) || `; write $\${${name}} for the text itself`}`
      }))
  )

const strangers = (path: string, point: Point, axes: readonly Axis[]): readonly Problem[] =>
  Object.entries(point).flatMap(([name, value]) => {
    const own = axes.filter((axis) => axis.name === name)
    if (own.length === 0)
      return [
        {
          path: `${path}.${name}`,
          message: `is no axis${didYouMean(
            name,
            axes.map((axis) => axis.name)
          )}`
        }
      ]
    return own.some(({ values }) => values.includes(value))
      ? []
      : [
          {
            path: `${path}.${name}`,
            message: `${JSON.stringify(value)} is no value of this axis, which has ${own.flatMap(({ values }) => values).join(", ")}`
          }
        ]
  })

/** A point that is added must say all that its cases use. */
const lacking = (suite: Suite, path: string, point: Point): readonly Problem[] => {
  const missing = new Set(
    filesCases(suite).flatMap((name) => [...usedAxes(suite, name)].filter((axis) => !(axis in point)))
  )
  return missing.size === 0
    ? []
    : [
        {
          path,
          message: `the point ${pointText(point)} has no ${[...missing].join(", no ")}: say every axis that a case uses`
        }
      ]
}

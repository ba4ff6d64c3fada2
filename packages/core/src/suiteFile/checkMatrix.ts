import type { Point } from "../domain/plan.ts"
import { matrixPoints } from "../suite/points.ts"
import { checkPlaceholders, type WrittenAxis } from "./checkPlaceholders.ts"
import { orNearest } from "./nearest.ts"
import type { SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** More points than this are a mistake, not a plan. */
const mostPoints = 10_000

/** What is wrong with a suite's axes, and with what stands for them. */
export const checkMatrix = (file: SuiteFile): readonly SuiteProblem[] => {
  const { axes = {}, linked = [], exclude = [], include = [] } = file.matrix ?? {}
  const written: readonly WrittenAxis[] = [
    ...Object.keys(axes).map((axis) => ({ axis, at: ["matrix", "axes", axis] })),
    ...linked.flatMap((group, index) =>
      Object.keys(group).map((axis) => ({ axis, at: ["matrix", "linked", String(index), axis] }))
    )
  ]
  const names = written.map(({ axis }) => axis)
  const shapes = [
    ...written.flatMap(({ axis, at }, index) => nameProblem(axis, at, names.indexOf(axis) < index)),
    ...written.flatMap(({ axis, at }) => twiceProblem(valuesAt(file, at), at, axis)),
    ...linked.flatMap((group, index) => lengthProblem(group, ["matrix", "linked", String(index)])),
    ...exclude.flatMap((point, index) => excludeProblem(point, names, ["matrix", "exclude", String(index)])),
    ...exclude.flatMap((point, index) => valueProblems(file, point, written, ["matrix", "exclude", String(index)])),
    ...include.flatMap((point, index) => includeProblem(point, names, ["matrix", "include", String(index)]))
  ]
  return [...shapes, ...(shapes.length > 0 ? [] : sizeProblem(file)), ...checkPlaceholders(file, written)]
}

const nameProblem = (axis: string, at: readonly string[], isSecond: boolean): readonly SuiteProblem[] => [
  ...(/^[A-Za-z_][\w-]*$/u.test(axis)
    ? []
    : [{ at, on: "key" as const, message: "an axis is named with letters, digits, _ and -, beginning with a letter" }]),
  ...(isSecond ? [{ at, on: "key" as const, message: `the axis "${axis}" is there already; name each once` }] : [])
]

const valuesAt = (file: SuiteFile, at: readonly string[]): readonly unknown[] =>
  at.reduce<unknown>((part, key) => Reflect.get(part as object, key), file) as readonly unknown[]

const twiceProblem = (values: readonly unknown[], at: readonly string[], axis: string): readonly SuiteProblem[] =>
  at[1] === "axes"
    ? values.flatMap((value, index) =>
        values.indexOf(value) < index
          ? [
              {
                at: [...at, String(index)],
                message: `${JSON.stringify(value)} is there already; give "${axis}" each value once`
              }
            ]
          : []
      )
    : []

const lengthProblem = (
  group: { readonly [axis: string]: readonly unknown[] },
  at: readonly string[]
): readonly SuiteProblem[] => {
  const lengths = Object.entries(group).map(([axis, { length }]) => `${axis} has ${length}`)
  return new Set(Object.values(group).map(({ length }) => length)).size <= 1
    ? []
    : [{ at, message: `linked axes move together and need as many values each: ${lengths.join(", ")}` }]
}

const excludeProblem = (point: Point, names: readonly string[], at: readonly string[]): readonly SuiteProblem[] =>
  Object.keys(point).length === 0
    ? [{ at, message: "names no axis, and would take everything away; remove it" }]
    : unknownAxes(point, names, at)

const valueProblems = (
  file: SuiteFile,
  point: Point,
  written: readonly WrittenAxis[],
  at: readonly string[]
): readonly SuiteProblem[] =>
  Object.entries(point).flatMap(([axis, value]) => {
    const own = written.find((each) => each.axis === axis)
    const values = own === undefined ? [value] : valuesAt(file, own.at)
    return values.includes(value)
      ? []
      : [
          {
            at: [...at, axis],
            message: `${JSON.stringify(value)} is no value of this axis, which has ${values.map((each) => JSON.stringify(each)).join(", ")}`
          }
        ]
  })

const includeProblem = (point: Point, names: readonly string[], at: readonly string[]): readonly SuiteProblem[] => {
  const lacking = names.filter((axis) => !(axis in point))
  return [
    ...unknownAxes(point, names, at),
    ...(lacking.length === 0
      ? []
      : [{ at, message: `a point needs a value for every axis; add ${lacking.join(", ")}` }])
  ]
}

const unknownAxes = (point: Point, names: readonly string[], at: readonly string[]): readonly SuiteProblem[] =>
  Object.keys(point)
    .filter((axis) => !names.includes(axis))
    .map((axis) => ({ at: [...at, axis], on: "key", message: `no axis has this name${orNearest(axis, names)}` }))

const sizeProblem = ({ matrix = {} }: SuiteFile): readonly SuiteProblem[] => {
  const { axes = {}, linked = [], exclude = [], include = [] } = matrix
  const sizes = [...Object.values(axes), ...linked.flatMap((group) => Object.values(group).slice(0, 1))]
  const points = sizes.reduce((product, { length }) => product * length, 1)
  if (points > mostPoints)
    return [{ at: ["matrix"], message: `${points} points; at most ${mostPoints} can be planned` }]
  return matrixPoints({ axes, linked, exclude, include }).length > 0
    ? []
    : [{ at: ["matrix", "exclude"], message: "takes every point away; leave some" }]
}

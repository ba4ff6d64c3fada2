import type { JsonObject } from "../domain/json.ts"
import type { Point } from "../domain/plan.ts"
import { orNearest } from "./nearest.ts"
import { placeholdersIn } from "../suite/placeholders.ts"
import { matrixPoints } from "../suite/points.ts"
import type { CaseFile, SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** More points than this are a mistake, not a plan. */
const mostPoints = 10_000

interface WrittenAxis {
  readonly axis: string
  readonly at: readonly string[]
}

/** What is wrong with a suite's axes and with what stands for them. */
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
  return [
    ...shapes,
    ...(shapes.length > 0 ? [] : sizeProblem(file)),
    ...strangers(file, names),
    ...unused(file, written)
  ]
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

/** `${…}` that stands for no axis. */
const strangers = (file: SuiteFile, names: readonly string[]): readonly SuiteProblem[] =>
  templates(file).flatMap(({ at, value }) =>
    [...placeholdersIn(value)]
      .filter((axis) => !names.includes(axis))
      .map((axis) => ({
        at,
        message: `\${${axis}} stands for no axis of the matrix${orNearest(axis, names)} (a literal \${ is written $\${)`
      }))
  )

/** Tags make no other measurement, so that an axis that only the suite's own tags use would repeat the same runs. */
const unused = (file: SuiteFile, written: readonly WrittenAxis[]): readonly SuiteProblem[] => {
  const used = new Set(templates(file).flatMap(({ at, value }) => (at[0] === "tags" ? [] : [...placeholdersIn(value)])))
  return written
    .filter(({ axis }) => !used.has(axis))
    .map(({ axis, at }) => ({
      at,
      on: "key",
      message: `nothing uses the axis "${axis}"; write \${${axis}} in a case or in \`launch\`, or remove it`
    }))
}

/** Texts in which `${axis}` is replaced. */
const templates = ({ cases, launch = {}, tags = [] }: SuiteFile) =>
  [
    ...cases.flatMap((each, index) => templatesOf(each, ["cases", String(index)])),
    { at: ["launch"], value: launch },
    { at: ["tags"], value: tags }
  ].flatMap(({ at, value }) => leaves(at, value))

const templatesOf = (
  { benchmark = "", set = {}, score = {}, generate = {}, tags = [] }: CaseFile,
  at: readonly string[]
) => [
  { at: [...at, "benchmark"], value: benchmark },
  { at: [...at, "set"], value: set },
  { at: [...at, "score"], value: only(score, ["query", "items", "labels"]) },
  { at: [...at, "generate"], value: only(generate, ["prompt"]) },
  { at: [...at, "tags"], value: tags }
]

const only = (object: object, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))

/** Every text below a value, with its path. */
const leaves = (
  at: readonly string[],
  value: unknown
): readonly { readonly at: readonly string[]; readonly value: string }[] =>
  typeof value === "string"
    ? [{ at, value }]
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, member]) => leaves([...at, key], member))
      : []

import type { JsonObject } from "../domain/json.ts"
import { placeholdersIn } from "../suite/placeholders.ts"
import { orNearest } from "./nearest.ts"
import type { CaseFile, SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** An axis and where its values stand. */
export interface WrittenAxis {
  readonly axis: string
  readonly at: readonly string[]
}

/** `${…}` that stands for no axis, and axes for which none stands. */
export const checkPlaceholders = (file: SuiteFile, axes: readonly WrittenAxis[]): readonly SuiteProblem[] => {
  const found = templates(file)
  return [
    ...strangers(
      found,
      axes.map(({ axis }) => axis)
    ),
    ...unused(found, axes)
  ]
}

interface Template {
  readonly at: readonly string[]
  readonly value: string
}

const strangers = (found: readonly Template[], names: readonly string[]): readonly SuiteProblem[] =>
  found.flatMap(({ at, value }) =>
    [...placeholdersIn(value)]
      .filter((axis) => !names.includes(axis))
      .map((axis) => ({
        at,
        message: `\${${axis}} stands for no axis of the matrix${orNearest(axis, names)} (a literal \${ is written $\${)`
      }))
  )

/** Tags make no other measurement, so that an axis that only the suite's own tags use would repeat the same runs. */
const unused = (found: readonly Template[], axes: readonly WrittenAxis[]): readonly SuiteProblem[] => {
  const used = new Set(found.flatMap(({ at, value }) => (at[0] === "tags" ? [] : [...placeholdersIn(value)])))
  return axes
    .filter(({ axis }) => !used.has(axis))
    .map(({ axis, at }) => ({
      at,
      on: "key",
      message: `nothing uses the axis "${axis}"; write \${${axis}} in a case or in \`launch\`, or remove it`
    }))
}

/** Texts in which `${axis}` is replaced. */
const templates = ({ cases, launch = {}, tags = [] }: SuiteFile): readonly Template[] =>
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
const leaves = (at: readonly string[], value: unknown): readonly Template[] =>
  typeof value === "string"
    ? [{ at, value }]
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, member]) => leaves([...at, key], member))
      : []

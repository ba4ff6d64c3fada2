import { pointText, type AxisValue, type Point } from "../domain/plan.ts"
import type { Matrix, Suite, SuiteCase } from "../domain/suite.ts"
import { placeholdersIn } from "./placeholders.ts"

/** Every point of a matrix: the first axis changes slowest, linked axes come after the others, included points last. */
export const matrixPoints = ({ axes, linked, exclude, include }: Matrix): readonly Point[] => {
  const dimensions = [
    ...Object.entries(axes).map(([axis, values]) => values.map((value): Point => ({ [axis]: value }))),
    ...linked.map(together)
  ]
  const product = dimensions.reduce<readonly Point[]>(
    (points, dimension) => points.flatMap((point) => dimension.map((values) => ({ ...point, ...values }))),
    [{}]
  )
  return distinct([...product.filter((point) => !exclude.some((values) => has(point, values))), ...include])
}

/** The points at which a case is run: those of the matrix, by the axes that it uses. */
export const casePoints = (suite: Suite, name: SuiteCase["of"]): readonly Point[] => {
  const used = usedAxes(suite, name)
  return distinct(matrixPoints(suite.matrix).map((point) => only(point, used)))
}

/**
 * Axes of a case of the file: those in its request and its tags, and those of the launch values, which change what every
 * case measures. The suite's own tags use none: a tag alone makes no other measurement.
 */
export const usedAxes = ({ cases, launch }: Suite, name: SuiteCase["of"]): ReadonlySet<string> =>
  new Set([
    ...placeholdersIn(launch),
    ...cases
      .filter(({ of }) => of === name)
      .flatMap(({ request, tags }) => [...placeholdersIn(request), ...placeholdersIn(tags)])
  ])

const together = (lists: { readonly [axis: string]: readonly AxisValue[] }): readonly Point[] => {
  const entries = Object.entries(lists)
  const longest = Math.max(0, ...entries.map(([, values]) => values.length))
  return Array.from({ length: longest }, (_, index) =>
    Object.fromEntries(entries.flatMap(([axis, { [index]: value }]) => (value === undefined ? [] : [[axis, value]])))
  )
}

const has = (point: Point, values: Point): boolean =>
  Object.entries(values).every(([axis, value]) => point[axis] === value)

const only = (point: Point, axes: ReadonlySet<string>): Point =>
  Object.fromEntries(Object.entries(point).filter(([axis]) => axes.has(axis)))

const distinct = (points: readonly Point[]): readonly Point[] => [
  ...new Map(points.map((point) => [pointText(point), point])).values()
]

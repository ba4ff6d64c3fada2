import { parseDuration } from "../domain/duration.ts"
import type { GateRule } from "../domain/gateRule.ts"
import type { Suite } from "../domain/suite.ts"
import { axisProblems } from "./axisProblems.ts"
import { gateProblems } from "./gateProblems.ts"
import type { NamedFile } from "./namedFiles.ts"
import type { Problem } from "./Problem.ts"
import type { Understood } from "./readSuiteFile.ts"
import { parseShare, type SuiteFile } from "./SuiteFile.ts"
import { toCases } from "./toCases.ts"

/** What a suite file means, with the texts of the files that it names in it, or all that is wrong with it. */
export const toSuite = (file: SuiteFile, files: ReadonlyMap<string, NamedFile>): Understood<Suite> => {
  const read = file.cases.map((one) => toCases(one, files))
  const suite: Suite = {
    suite: file.suite,
    version: file.version ?? 1,
    backends: file.backends ?? [],
    cases: read.flatMap(({ cases }) => cases),
    launch: file.launch ?? {},
    matrix: {
      axes: file.matrix?.axes ?? {},
      linked: file.matrix?.linked ?? [],
      exclude: file.matrix?.exclude ?? [],
      include: file.matrix?.include ?? []
    },
    repeats: file.repeats ?? 5,
    warmup: file.warmup ?? 0,
    order: {
      kind: file.order?.kind ?? "interleaved",
      seed: file.order?.seed ?? 1,
      restart: file.order?.restart ?? "never"
    },
    budget: { runs: file.budget?.runs ?? null, wallMs: parseDuration(file.budget?.wall) },
    gates: (file.gates ?? []).map(toRule),
    tags: file.tags ?? []
  }
  const inCases = read.flatMap(({ problems }, index) =>
    problems.map(({ path, message }) => ({ path: path === "" ? `cases.${index}` : `cases.${index}.${path}`, message }))
  )
  const problems = [
    ...inCases,
    ...namesTwice("cases", file.cases),
    // A case that is not understood uses its axes all the same, and they are not to be blamed for it.
    ...(inCases.length === 0 ? axisProblems(suite, file) : []),
    ...namesTwice("gates", file.gates ?? []),
    ...gateProblems(file.gates ?? [])
  ]
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "understood", value: suite }
}

const toRule = (gate: NonNullable<SuiteFile["gates"]>[number]): GateRule => {
  const { name, metric, max_regression, max, parity, tolerance, max_abs_delta, max_rank_flips } = gate
  if (parity === "token") return { name, parity, ...(tolerance !== undefined && { tolerance }) }
  if (parity === "score")
    return {
      name,
      parity,
      ...(max_abs_delta !== undefined && { maxAbsDelta: max_abs_delta }),
      ...(max_rank_flips !== undefined && { maxRankFlips: max_rank_flips })
    }
  return max_regression === undefined
    ? { name, metric: metric ?? "", max: parseShare(max ?? 0) ?? 0 }
    : { name, metric: metric ?? "", maxRegression: parseShare(max_regression) ?? 0 }
}

const namesTwice = (list: string, named: readonly { readonly name: string }[]): readonly Problem[] =>
  named.flatMap(({ name }, index) =>
    named.findIndex((other) => other.name === name) < index
      ? [{ path: `${list}.${index}.name`, message: `"${name}" is the name of another one; give each its own` }]
      : []
  )

import type { CaseFile, GenerateCaseFile, ScoreCaseFile, SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** What is wrong with a suite's cases, besides their types. */
export const checkCases = ({ cases }: SuiteFile): readonly SuiteProblem[] => [
  ...cases.flatMap((each, index) => caseProblems(each, ["cases", String(index)])),
  ...twice(
    cases.map(({ name }) => name),
    (index) => ["cases", index, "name"]
  )
]

/** Names that stand for two things. */
export const twice = (names: readonly string[], place: (index: string) => readonly string[]): readonly SuiteProblem[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ at: place(String(index)), message: `"${name}" is the name of an earlier one too; give it its own` }]
      : []
  )

const caseProblems = (each: CaseFile, at: readonly string[]): readonly SuiteProblem[] => [
  ...exactlyOne(each, ["benchmark", "score", "generate"], at),
  ...(each.set !== undefined && each.benchmark === undefined
    ? [
        {
          at: [...at, "set"],
          on: "key" as const,
          message: "flags belong to a benchmark; add `benchmark: serving`, or remove them"
        }
      ]
    : []),
  ...(each.score === undefined ? [] : scoreProblems(each.score, [...at, "score"])),
  ...(each.generate === undefined ? [] : generateProblems(each.generate, [...at, "generate"]))
]

const scoreProblems = (score: ScoreCaseFile, at: readonly string[]): readonly SuiteProblem[] => [
  ...exactlyOne(score, ["query", "query_file"], at),
  ...exactlyOne(score, ["items", "items_file"], at),
  ...exactlyOne(score, ["labels", "label_token_ids"], at),
  ...(score.mask?.preset === "custom" && (score.mask.matrix ?? null) === null
    ? [{ at: [...at, "mask"], message: "a custom mask needs `matrix`: rows of 0 and 1" }]
    : [])
]

const generateProblems = (generate: GenerateCaseFile, at: readonly string[]): readonly SuiteProblem[] =>
  exactlyOne(generate, ["prompt", "input_ids", "prompts_file"], at)

const exactlyOne = (object: object, fields: readonly string[], at: readonly string[]): readonly SuiteProblem[] => {
  const given = fields.filter((field) => field in object)
  if (given.length === 1) return []
  const list = fields.map((field) => `\`${field}\``).join(" or ")
  return [
    given.length === 0
      ? { at, message: `lacks what it asks: give ${list}` }
      : { at: [...at, given[1]!], on: "key", message: `give only one of ${list}` }
  ]
}

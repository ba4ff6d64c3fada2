import type { CaseSpec, ScoreCase } from "../domain/parityCase.ts"
import type { JsonObject } from "../domain/json.ts"
import { CaseSpec as CaseSpecCodec } from "./parityCase.ts"
import { read, type Read } from "./read.ts"

/** What is wrong with a line of a cases file; lines count from 1, and `field` is empty for the whole line. */
export interface CaseLineProblem {
  readonly line: number
  readonly field: string
  readonly message: string
}

export interface CaseLines {
  readonly cases: readonly CaseSpec[]
  readonly problems: readonly CaseLineProblem[]
}

/**
 * Reads cases, one JSON object a line; empty lines are passed over, and every problem is told at once. `nameOf` gives a
 * line its name where it has none; without it a name is asked for.
 */
export const readCaseLines = (text: string, nameOf?: (line: number) => string): CaseLines => {
  const cases: CaseSpec[] = []
  const problems: CaseLineProblem[] = []
  const firstOf = new Map<string, number>()
  for (const [index, content] of text
    .replace(/^\uFEFF/u, "")
    .split("\n")
    .entries()) {
    if (content.trim() === "") continue
    const line = index + 1
    const result = readLine(content, nameOf?.(line))
    if (result.kind === "refused") {
      problems.push(...result.issues.map(({ path, message }) => ({ line, field: path, message })))
      continue
    }
    const earlier = firstOf.get(result.value.name)
    if (earlier !== undefined)
      problems.push({ line, field: "name", message: `"${result.value.name}" is the name of line ${earlier} too` })
    else firstOf.set(result.value.name, line)
    cases.push(result.value)
  }
  return { cases, problems }
}

/** The cases as such lines. The order of keys is fixed and what is left at its default is left out: same cases, same bytes. */
export const writeCaseLines = (cases: readonly CaseSpec[]): string =>
  cases.map((each) => `${JSON.stringify(lineOf(each))}\n`).join("")

const readSpec = read(CaseSpecCodec)

const readLine = (content: string, name: string | undefined): Read<CaseSpec> => {
  try {
    const line: unknown = JSON.parse(content)
    return readSpec(name !== undefined && isObject(line) ? { name, ...line } : line)
  } catch {
    return { kind: "refused", issues: [{ path: "", message: "this is not valid JSON" }] }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const lineOf = ({ name, tolerance, tags, ...input }: CaseSpec): JsonObject => ({
  name,
  ...("prompt" in input
    ? { prompt: input.prompt }
    : "inputIds" in input
      ? { input_ids: input.inputIds }
      : { score: scoreOf(input.score) }),
  ...(tolerance !== null && { tolerance }),
  ...(tags.length > 0 && { tags })
})

const scoreOf = ({ query, items, labels, labelTokenIds, applySoftmax, itemFirst }: ScoreCase): JsonObject => ({
  query,
  items,
  ...(labels !== null && { labels }),
  ...(labelTokenIds !== null && { label_token_ids: labelTokenIds }),
  ...(applySoftmax && { apply_softmax: true }),
  ...(itemFirst && { item_first: true })
})

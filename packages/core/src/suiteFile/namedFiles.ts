import { readCaseLines } from "../codec/caseLines.ts"
import { readItemLines } from "../codec/itemLines.ts"
import type { CaseSpec } from "../domain/parityCase.ts"
import type { SuiteFile } from "./SuiteFile.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** Texts of the files that a suite names, by the names that it gives them. */
export type Texts = { readonly [name: string]: string }

/** Where a suite names a file. */
export interface NamedFile {
  readonly at: readonly string[]
  readonly name: string
  readonly kind: "query" | "items" | "prompts"
}

/** The files that a suite names, in its order. */
export const namedFiles = ({ cases }: SuiteFile): readonly NamedFile[] =>
  cases.flatMap(({ score = {}, generate = {} }, index) => {
    const at = ["cases", String(index)]
    return [
      { at: [...at, "score", "query_file"], name: score.query_file, kind: "query" as const },
      { at: [...at, "score", "items_file"], name: score.items_file, kind: "items" as const },
      { at: [...at, "generate", "prompts_file"], name: generate.prompts_file, kind: "prompts" as const }
    ].flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ ...rest, name }]))
  })

/** What is wrong with the text of a file that a suite names. */
export const fileProblems = ({ at, name, kind }: NamedFile, text: string): readonly SuiteProblem[] => {
  if (kind === "query") return textOf(text) === "" ? [{ at, message: `${name} is empty` }] : []
  if (kind === "items") {
    const read = readItemLines(text)
    if ("problem" in read) return [{ at, message: `${name} ${read.problem}` }]
    return read.items.length === 0
      ? [{ at, message: `${name} holds no items; write one a line, or a JSON array of texts or lists of token ids` }]
      : []
  }
  const { prompts, problems } = readPrompts(text)
  return [
    ...problems.map(({ line, message }) => ({ at, within: line === null ? name : `${name}:${line}`, message })),
    ...(prompts.length === 0 && problems.length === 0
      ? [{ at, message: `${name} holds no prompts; write one {"prompt"} a line, with a "name" if you like` }]
      : [])
  ]
}

/** A file as text; one newline at its end is the editor's. */
export const textOf = (text: string): string => text.replace(/\r?\n$/u, "")

/** One prompt of a file. */
export type Prompt = { readonly name: string; readonly tags: readonly string[] } & (
  | { readonly prompt: string }
  | { readonly inputIds: readonly number[] }
)

export const readPrompts = (
  text: string
): { readonly prompts: readonly Prompt[]; readonly problems: readonly LineProblem[] } => {
  const { cases, problems } = readCaseLines(text, (line) => `line-${line}`)
  return {
    prompts: cases.flatMap((each) => ("score" in each ? [] : [each])),
    problems: [
      ...problems.map(({ line, field, message }) => ({
        line,
        message: field === "" ? message : `${field}: ${message}`
      })),
      ...cases.flatMap((each) => unfit(each).map((message) => ({ line: null, message })))
    ]
  }
}

interface LineProblem {
  readonly line: number | null
  readonly message: string
}

const unfit = (each: CaseSpec): readonly string[] => {
  if ("score" in each) return [`"${each.name}" is a score, which a case with \`score\` asks`]
  return each.tolerance === null ? [] : [`"${each.name}" has a tolerance, which only a gate of the suite can say`]
}

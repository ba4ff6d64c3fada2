import { readCaseLines } from "../codec/caseLines.ts"
import { read } from "../codec/read.ts"
import { RunRequest as RunRequestCodec } from "../codec/workload.ts"
import { parseDuration } from "../domain/duration.ts"
import type { Json } from "../domain/json.ts"
import type { SuiteCase } from "../domain/suite.ts"
import { verbatim } from "../suite/placeholders.ts"
import type { NamedFile } from "./namedFiles.ts"
import type { Problem } from "./Problem.ts"
import type { SuiteFile } from "./SuiteFile.ts"

type FileCase = SuiteFile["cases"][number]

export interface Cases {
  readonly cases: readonly SuiteCase[]
  readonly problems: readonly Problem[]
}

/** The cases of one case of the file: one, or one for each line of a file of prompts. */
export const toCases = (written: FileCase, files: ReadonlyMap<string, NamedFile>): Cases => {
  const { name, timeout, tags = [] } = written
  const { requests, problems } = requestsOf(written, files)
  const read = requests.map(({ name: line, json }) => ({ line, result: readRequest(json) }))
  return {
    cases: read.flatMap(({ line, result }) =>
      result.kind === "refused"
        ? []
        : {
            name: line === null ? name : `${name}/${line}`,
            of: name,
            request: result.value,
            timeoutMs: timeout === undefined ? null : parseDuration(timeout),
            tags
          }
    ),
    problems: [...problems, ...read.flatMap(({ result }) => (result.kind === "refused" ? result.issues : []))]
  }
}

const readRequest = read(RunRequestCodec)

interface Requests {
  readonly requests: readonly { readonly name: string | null; readonly json: Json }[]
  readonly problems: readonly Problem[]
}

const nothing = (path: string, message: string): Requests => ({ requests: [], problems: [{ path, message }] })

const requestsOf = (written: FileCase, files: ReadonlyMap<string, NamedFile>): Requests => {
  const { benchmark, set, score, generate } = written
  const given = [benchmark, score, generate].filter((kind) => kind !== undefined).length
  if (given !== 1) return nothing("", "give exactly one of benchmark, score and generate")
  if (set !== undefined && benchmark === undefined) return nothing("set", "belongs to a benchmark only")
  if (benchmark !== undefined)
    return { requests: [{ name: null, json: { benchmark: { entrypoint: benchmark, set: set ?? {} } } }], problems: [] }
  if (score !== undefined) return scoreRequest(score, files)
  return generateRequests(generate ?? {}, files)
}

const scoreRequest = (
  { query_file, items_file, ...inline }: NonNullable<FileCase["score"]>,
  files: ReadonlyMap<string, NamedFile>
): Requests => {
  if (query_file !== undefined && inline.query !== undefined)
    return nothing("score.query_file", "give either query or query_file")
  if (items_file !== undefined && inline.items !== undefined)
    return nothing("score.items_file", "give either items or items_file")
  const query = textOf(files, query_file, "score.query_file")
  const items = textOf(files, items_file, "score.items_file")
  const problems = [query, items].flatMap((one) => one?.problem ?? [])
  if (problems.length > 0) return { requests: [], problems }
  const json = {
    ...inline,
    ...(query?.text !== undefined && { query: verbatim(query.text.replace(/\r?\n$/u, "")) }),
    ...(items?.text !== undefined && { items: linesOf(items.text) })
  }
  return { requests: [{ name: null, json: { score: json as Json } }], problems: [] }
}

const generateRequests = (
  { prompts_file, ...inline }: NonNullable<FileCase["generate"]>,
  files: ReadonlyMap<string, NamedFile>
): Requests => {
  if (prompts_file === undefined)
    return { requests: [{ name: null, json: { generate: inline as Json } }], problems: [] }
  if (inline.prompt !== undefined || inline.input_ids !== undefined)
    return nothing("generate.prompts_file", "give one of prompt, input_ids and prompts_file")
  const file = textOf(files, prompts_file, "generate.prompts_file")
  if (file?.text === undefined) return { requests: [], problems: file?.problem === undefined ? [] : [file.problem] }
  const prompts = promptsOf(file.text)
  return {
    requests: prompts.requests.map(({ name, json }) => ({ name, json: { generate: { ...inline, ...json } as Json } })),
    problems: prompts.problems.map((message) => ({
      path: "generate.prompts_file",
      message: `${prompts_file}: ${message}`
    }))
  }
}

interface Prompts {
  readonly requests: readonly { readonly name: string; readonly json: { readonly [key: string]: Json } }[]
  readonly problems: readonly string[]
}

/** Parity cases, one JSON object a line, or plain lines. */
const promptsOf = (text: string): Prompts => {
  if (!text.trimStart().startsWith("{")) {
    const lines = linesOf(text)
    if (lines.length === 0) return { requests: [], problems: ["it holds no prompt"] }
    return { requests: lines.map((line, k) => ({ name: String(k + 1), json: { prompt: line } })), problems: [] }
  }
  const { cases, problems } = readCaseLines(text)
  return {
    requests: cases.flatMap(({ name, ...input }) =>
      "prompt" in input
        ? { name, json: { prompt: verbatim(input.prompt) } }
        : "inputIds" in input
          ? { name, json: { input_ids: input.inputIds } }
          : []
    ),
    problems: [
      ...problems.map(({ line, field, message }) => `line ${line}: ${field === "" ? "" : `${field}: `}${message}`),
      ...cases.filter((one) => "score" in one).map(({ name }) => `"${name}" is a score; make it a case of its own`)
    ]
  }
}

/** Lines that hold something, or the strings (or id lists) of the JSON array in it. */
const linesOf = (text: string): readonly Json[] => {
  const lines = text.split(/\r?\n/u).filter((line) => line !== "")
  if (!text.trimStart().startsWith("[")) return lines.map(verbatim)
  try {
    const value = JSON.parse(text) as Json
    return Array.isArray(value) ? value.map((item: Json) => (typeof item === "string" ? verbatim(item) : item)) : lines
  } catch {
    // A line may begin with a bracket: then it is no JSON document.
    return lines.map(verbatim)
  }
}

const textOf = (
  files: ReadonlyMap<string, NamedFile>,
  name: string | undefined,
  path: string
): { readonly text?: string; readonly problem?: Problem } | null => {
  if (name === undefined) return null
  const file = files.get(name) ?? { problem: "was not read" }
  return "text" in file ? { text: file.text } : { problem: { path, message: `${name} ${file.problem}` } }
}

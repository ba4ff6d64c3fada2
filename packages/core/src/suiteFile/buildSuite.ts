import { decode } from "../codec/encode.ts"
import { readItemLines } from "../codec/itemLines.ts"
import { RunRequest as RunRequestCodec } from "../codec/workload.ts"
import { parseDuration } from "../domain/duration.ts"
import type { Suite, SuiteCase } from "../domain/suite.ts"
import type { RunRequest, TokenInput } from "../domain/workload.ts"
import { gateRule } from "./gates.ts"
import { readPrompts, textOf, type Prompt, type Texts } from "./namedFiles.ts"
import { verbatim } from "../suite/placeholders.ts"
import type { CaseFile, GenerateCaseFile, ScoreCaseFile, SuiteFile } from "./SuiteFile.ts"

/** The suite of a file in which nothing is wrong, with its defaults and everything that it names in it. */
export const buildSuite = (file: SuiteFile, texts: Texts): Suite => {
  const { axes = {}, linked = [], exclude = [], include = [] } = file.matrix ?? {}
  const { kind = "interleaved", seed = 1, restart = "never" } = file.order ?? {}
  return {
    suite: file.suite,
    version: file.version ?? 1,
    backends: file.backends ?? [],
    cases: file.cases.flatMap((each) => casesOf(each, texts)),
    launch: file.launch ?? {},
    matrix: { axes, linked, exclude, include },
    repeats: file.repeats ?? 5,
    warmup: file.warmup ?? 0,
    order: { kind, seed, restart },
    budget: { runs: file.budget?.runs ?? null, wallMs: parseDuration(file.budget?.wall) },
    gates: (file.gates ?? []).map(gateRule),
    tags: file.tags ?? []
  }
}

const casesOf = (each: CaseFile, texts: Texts): readonly SuiteCase[] => {
  const { name, timeout, tags = [] } = each
  const common = { of: name, timeoutMs: parseDuration(timeout), tags }
  const file = each.generate?.prompts_file
  if (file === undefined) return [{ ...common, name, request: requestOf(each, texts) }]
  return readPrompts(texts[file] ?? "").prompts.map((prompt) => ({
    ...common,
    name: `${name}/${prompt.name}`,
    tags: [...tags, ...prompt.tags.map(verbatim)],
    request: promptRequest(each.generate ?? {}, prompt)
  }))
}

const requestOf = ({ benchmark, set = {}, score, generate }: CaseFile, texts: Texts): RunRequest => {
  if (benchmark !== undefined) return { benchmark: { entrypoint: benchmark, set } }
  return decode(RunRequestCodec)(score === undefined ? { generate } : { score: scoreOf(score, texts) })
}

const scoreOf = ({ query_file: query, items_file: items, ...score }: ScoreCaseFile, texts: Texts) => ({
  ...score,
  ...(query !== undefined && { query: verbatim(textOf(texts[query] ?? "")) }),
  ...(items !== undefined && {
    items: itemsOf(texts[items] ?? "").map((item) => (typeof item === "string" ? verbatim(item) : item))
  })
})

/** What is wrong with a file was told before anything is built of it. */
const itemsOf = (text: string): readonly TokenInput[] => {
  const read = readItemLines(text)
  return "items" in read ? read.items : []
}

const promptRequest = ({ prompts_file: _file, ...rest }: GenerateCaseFile, prompt: Prompt): RunRequest =>
  decode(RunRequestCodec)({
    generate: {
      ...rest,
      ...("prompt" in prompt ? { prompt: verbatim(prompt.prompt) } : { input_ids: prompt.inputIds })
    }
  })

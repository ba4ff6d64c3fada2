import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  adapterErrorReasons,
  findingCodes,
  operations,
  sendKinds,
  type BenchmarkRequest,
  type BenchmarkResult,
  type Capabilities,
  type Context,
  type Finding,
  type GenerateRequest,
  type GenerateResult,
  type Probe,
  type RunEvent,
  type Sample,
  type ScoreRequest,
  type ScoreRunResult,
  type TraceChunk
} from "@sglang-studio/core/adapter"
import { adapterLaws } from "@sglang-studio/core/testing"
import { expect, test } from "vitest"
import echo from "./index.js"

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), "utf8")
const guide = read("../../docs/write-an-adapter.md")
const files = ["index.js", "generate.js", "benchmark.js", "invalid.js", "recipes.js", "laws.test.ts", "even.ts"]
const sources = files.map(read)

test("the guide's code is that of these adapters", () => {
  const blocks = Array.from(
    guide.matchAll(/^```[jt]s\n(?<code>[\s\S]*?)\n```$/gmu),
    ({ groups }) => groups?.["code"] ?? ""
  )
  expect(blocks.length).toBeGreaterThan(14)
  expect(blocks.filter((block) => !sources.some((source) => source.includes(block)))).toEqual([])
})

test("the guide's table of laws is the kit's", () => {
  const rows = guide.slice(guide.indexOf("| law |")).matchAll(/^\| (?<law>.+?) \| .+ \|$/gmu)
  const written = Array.from(rows, ({ groups }) => groups?.["law"] ?? "").slice(1)
  const kinds = adapterLaws({ adapter: echo }).map(({ name }) => name)
  const covers = (law: string, name: string) =>
    law === name || law === name.replace(/^(?:score|generate|benchmark):/u, "*operation*:")
  expect(kinds.filter((name) => !written.some((law) => covers(law, name)))).toEqual([])
  expect(written.filter((law) => !kinds.some((name) => covers(law, name)))).toEqual([])
})

/** First cells of the tables of a section, each name in them by itself. */
const namesIn = (section: string): readonly string[] => {
  const [, rest = ""] = guide.split(`\n## ${section}\n`)
  const [text = ""] = rest.split(/\n## /u)
  return Array.from(text.matchAll(/^\| (?<cell>`.+?) \|/gmu), ({ groups }) => groups?.["cell"] ?? "").flatMap((cell) =>
    Array.from(cell.matchAll(/`(?<name>[\w-]+)(?:\(.*?\))?`/gu), ({ groups }) => groups?.["name"] ?? "")
  )
}

test.each([
  ["Errors", adapterErrorReasons],
  ["Findings", findingCodes],
  ["Sending again", sendKinds]
])("the section %s names every code", (section, codes) => {
  expect(namesIn(section)).toEqual(codes)
})

test("the guide names every operation", () => {
  expect(operations.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})

type Fields<T> = { readonly [K in keyof Required<T>]: true }
type EventFields = { readonly [T in RunEvent["type"]]: Fields<Omit<Extract<RunEvent, { type: T }>, "type">> }

const capabilities: Fields<Capabilities> = {
  operations: true,
  entrypoints: true,
  standalone: true,
  masks: true,
  sends: true
}
const probe: Fields<Probe> = {
  reachable: true,
  server: true,
  decidedBy: true,
  fingerprint: true,
  capabilities: true,
  notes: true
}
const scoreRequest: Fields<ScoreRequest> = {
  query: true,
  items: true,
  labels: true,
  labelTokenIds: true,
  applySoftmax: true,
  itemFirst: true,
  oneByOne: true,
  mask: true
}
const scoreResult: Fields<ScoreRunResult> = {
  kind: true,
  items: true,
  labels: true,
  scores: true,
  logprobs: true,
  oneByOne: true,
  metrics: true,
  raw: true
}
const chunk: Fields<TraceChunk> = {
  case: true,
  promptLength: true,
  semantics: true,
  from: true,
  ids: true,
  tokens: true,
  logprobs: true,
  ranks: true,
  top: true
}
const generateRequest: Fields<GenerateRequest> = {
  prompt: true,
  inputIds: true,
  maxNewTokens: true,
  temperature: true,
  seed: true,
  topLogprobs: true
}
const benchmarkRequest: Fields<BenchmarkRequest> = { entrypoint: true, set: true, key: true }
const sample: Fields<Sample> = {
  startMs: true,
  ttftMs: true,
  itlMs: true,
  e2eMs: true,
  inputTokens: true,
  outputTokens: true,
  error: true
}
const context: Fields<Context> = {
  runId: true,
  signal: true,
  send: true,
  workDir: true,
  log: true,
  artifact: true,
  spawn: true
}

test.each([
  ["The record", capabilities],
  ["Opening and probing", probe],
  ["Scores", { ...scoreRequest, ...scoreResult }],
  ["Traces", chunk],
  ["Generating", generateRequest],
  ["Benchmarks", { ...benchmarkRequest, ...sample }],
  ["Cancelling, processes, files", context]
])("the section %s has a row for every field", (section, fields) => {
  const names = namesIn(section)
  expect(Object.keys(fields).filter((name) => !names.includes(name))).toEqual([])
})

test("every event stands with all its fields", () => {
  const events: EventFields = {
    started: {},
    progress: { done: true, total: true, unit: true },
    token: { index: true, id: true, text: true, logprob: true },
    trace: { chunk: true },
    sample: { sample: true },
    finding: { finding: true },
    result: { result: true }
  }
  const rows = Object.entries(events).map(([type, fields]) => {
    const names = Object.keys(fields).map((name) => `\`${name}\``)
    return `| \`${type}\` | ${names.length === 0 ? "" : `${names.join(", ")} `}| `
  })
  expect(rows.filter((row) => !guide.includes(`\n${row}`))).toEqual([])
})

test("the results and findings that the guide shows are whole", () => {
  const generate: Fields<GenerateResult> = { kind: true, output: true, metrics: true, raw: true }
  const benchmark: Fields<BenchmarkResult> = { kind: true, metrics: true, raw: true }
  const finding: Fields<Finding> = { code: true, severity: true, message: true, evidence: true }
  const shown = { Generating: generate, Benchmarks: benchmark, Findings: finding }
  for (const [section, fields] of Object.entries(shown)) {
    const [, rest = ""] = guide.split(`\n## ${section}\n`)
    const [text = ""] = rest.split(/\n## /u)
    expect(Object.keys(fields).filter((name) => !new RegExp(`^ +${name}: `, "mu").test(text))).toEqual([])
  }
})

// How fast mock cases are run and stored, and whether memory stays flat from 1,000 to 100,000 of them:
//   npm run -s bench:mock -- [--most 100000] [--at-once 64]
// A case is one item of a score with its trace (1,000 items a run: `items`), one request of a benchmark run (1,000
// requests each: `requests`; all in one run: `requests_of_one_run`), or one whole run that is submitted, executed and
// stored (a score of one item; many at once: `runs`, and one after the other in a campaign that has a cell for each, at
// most 10,000: `campaign`). Each kind and size has a process and a database of its own; `rss_bytes` is what that process
// holds when its last case is stored, `live_bytes` what is left of its heap after a collection.
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { mockAdapter } from "../packages/adapter-mock/src/index.ts"
import { openStudio, type Studio } from "../packages/core/src/index.ts"

const { values: options } = parseArgs({
  options: {
    most: { type: "string", default: "100000" },
    "at-once": { type: "string", default: "64" },
    kind: { type: "string" },
    cases: { type: "string" }
  }
})

interface Measured {
  readonly cases: number
  readonly cases_per_second: number
  readonly rss_bytes: number
  readonly live_bytes: number
}

const kinds: { readonly [kind: string]: (studio: Studio, cases: number) => Promise<void> } = {
  runs: (studio, cases) => eachOf(cases, Number(options["at-once"]), (index) => score(studio, 1, index)),
  items: (studio, cases) => eachOf(cases / 1000, 4, (index) => score(studio, 1000, index)),
  requests: (studio, cases) => eachOf(cases / 1000, 4, (index) => serve(studio, 1000, index)),
  campaign: (studio, cases) => campaign(studio, cases),
  requests_of_one_run: (studio, cases) => serve(studio, cases, 0)
}

const score = async (studio: Studio, count: number, seed: number) => {
  const items = Array.from({ length: count }, (_, index) => ` item ${seed}.${index}`)
  expectAll(await studio.score({ backends: ["a"], query: "Is it good?", items, labels: [" yes", " no"] }))
}

const campaign = async (studio: Studio, count: number) => {
  const cases = Array.from({ length: count }, (_, index) => ({
    name: `case-${index}`,
    score: { query: "Is it good?", items: [` item ${index}`], labels: [" yes", " no"] }
  }))
  const { campaign: made } = await studio.runSuite({ suite: "bench", backends: ["a"], cases, repeats: 1 })
  if (made.succeeded !== count) throw new Error(`${made.succeeded} of ${count} runs succeeded.`)
}

const serve = async (studio: Studio, prompts: number, seed: number) => {
  const set = { "num-prompts": prompts, "random-input-len": 64, "random-output-len": 16, "max-concurrency": 16, seed }
  expectAll(await studio.benchmark({ backends: ["a"], entrypoint: "serving", set }))
}

const expectAll = (runs: readonly { readonly status: string }[]) => {
  const failed = runs.find(({ status }) => status !== "succeeded")
  if (failed !== undefined) throw new Error(`A run ended as ${failed.status}: ${JSON.stringify(failed)}`)
}

/** Does it for every index, so many at once. */
const eachOf = async (count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const measure = async (kind: string, cases: number): Promise<Measured> => {
  const act = kinds[kind]
  if (act === undefined) throw new Error(`No kind "${kind}"; kinds: ${Object.keys(kinds).join(", ")}.`)
  await using studio = await openStudio({
    data: ":memory:",
    adapters: [mockAdapter],
    backends: { a: { adapter: "mock", scenario: "clean", seed: 1 } },
    concurrencyPerBackend: Number(options["at-once"])
  })
  const started = performance.now()
  await act(studio, cases)
  const seconds = (performance.now() - started) / 1000
  const rss_bytes = process.memoryUsage.rss()
  globalThis.gc?.()
  return { cases, cases_per_second: Math.round(cases / seconds), rss_bytes, live_bytes: process.memoryUsage().heapUsed }
}

/** A plan is one record. */
const mostOf: { readonly [kind: string]: number } = { campaign: 10_000 }

/** In a process of its own. */
const measureApart = (kind: string, cases: number): Measured => {
  const flags = ["--kind", kind, "--cases", String(cases), "--at-once", options["at-once"]]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", ...process.execArgv, fileURLToPath(import.meta.url), ...flags],
    { encoding: "utf8" }
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const compare = (kind: string) => {
  const [few, most] = [1000, Math.min(Number(options.most), mostOf[kind] ?? Infinity)].map((cases) =>
    measureApart(kind, cases)
  ) as [Measured, Measured]
  const ratio = (of: "rss_bytes" | "live_bytes") => Number((most[of] / few[of]).toFixed(2))
  return [kind, { few, most, rss_ratio: ratio("rss_bytes"), live_ratio: ratio("live_bytes") }] as const
}

if (options.kind !== undefined) console.log(JSON.stringify(await measure(options.kind, Number(options.cases))))
else {
  const command = ["npm run -s bench:mock --", ...process.argv.slice(2)].join(" ")
  console.log(JSON.stringify({ bench: "mock", command, ...Object.fromEntries(Object.keys(kinds).map(compare)) }))
}

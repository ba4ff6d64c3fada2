import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { BenchmarkResult } from "../../src/adapter/Adapter.ts"
import { open, play, scripted, started } from "../scripted.ts"
import { temporaryFolder } from "../store/temporaryFolder.ts"

const result: BenchmarkResult = {
  kind: "benchmark",
  metrics: { completed: { value: 150, unit: "requests", definition: "completed" } },
  raw: null
}
/** It knows only how many requests were answered, measured by itself or read from a file. */
const counting = scripted("counting", {
  backend: () => ({ benchmark: () => play(started, { type: "result", result }) }),
  importers: [
    {
      name: "counts",
      read: ({ name }) => [
        {
          engine: "counting",
          request: { entrypoint: "serving", set: {} },
          result,
          findings: [],
          samples: [],
          fingerprint: null,
          error: null,
          line: null,
          identity: name
        }
      ]
    }
  ]
})

const tooFew = { code: "too-few-samples", severity: "warning", evidence: { n: 150, needed: { p95: 200, p99: 1000 } } }

test("a benchmark that tells only a number of requests is told which percentiles they are too few for", async () => {
  await using studio = await open([counting])
  const [run] = await studio.benchmark({ backends: ["a"], entrypoint: "serving" })
  expect(run?.validity).toMatchObject({ outcome: "suspect", findings: [tooFew] })
})

test("and so is one that was measured elsewhere", async () => {
  const file = join(temporaryFolder(), "result.json")
  writeFileSync(file, "{}")
  await using studio = await open([counting])
  const { runs } = await studio.import([file])
  expect(runs[0]?.validity).toMatchObject({ outcome: "suspect", findings: [tooFew] })
})

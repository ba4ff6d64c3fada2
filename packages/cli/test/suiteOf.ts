import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "./studio.ts"

/** The text of a suite of one benchmark, held to 5 % of P50 E2E. */
export const suiteFile = (changes: object = {}): string =>
  JSON.stringify({
    suite: "nightly",
    cases: [
      {
        name: "random",
        benchmark: "serving",
        set: { "num-prompts": 256, "random-input-len": 128, "random-output-len": 16, "max-concurrency": 4 }
      }
    ],
    repeats: 5,
    gates: [{ name: "p50", metric: "e2e_latency_ms.p50", max_regression: "5%" }],
    ...changes
  })

/** A folder of this test's own with such a suite in `suite.yaml`. */
export const withSuite = (changes: object = {}): string => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "suite.yaml"), suiteFile(changes))
  return cwd
}

/** Two mocks, of which the second one is slower by this factor. */
export const arms = (slowdown: string) => [
  "--backend",
  "base=mock:clean,seed=1",
  "--backend",
  `cand=mock:clean,seed=2,slowdown=${slowdown}`
]

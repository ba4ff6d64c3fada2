import type { Suite } from "../../src/domain/suite.ts"
import type { SuiteFile } from "../../src/suiteFile/SuiteFile.ts"

/** A suite of one generation, as a file holds it, with what a test is about. */
export const suiteFile = (changes: Partial<SuiteFile> = {}): SuiteFile => ({
  suite: "nightly",
  backends: ["a", "b"],
  cases: [{ name: "prompt", generate: { prompt: "prompt", max_new_tokens: 1 } }],
  repeats: 2,
  order: { kind: "sequential" },
  ...changes
})

/** A suite without cases. */
export const emptySuite = (suite: string): Suite => ({
  suite,
  version: 1,
  backends: [],
  cases: [],
  launch: {},
  matrix: { axes: {}, linked: [], exclude: [], include: [] },
  repeats: 1,
  warmup: 0,
  order: { kind: "interleaved", seed: 1, restart: "never" },
  budget: { runs: null, wallMs: null },
  gates: [],
  tags: []
})

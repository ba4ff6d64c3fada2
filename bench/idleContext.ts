import type { Context } from "../packages/core/src/adapter/index.ts"

const nothing = () => {
  throw new Error("A mock needs no files and no processes.")
}

/** What a mock is asked in outside of a studio. */
export const idleContext: Context = {
  runId: "bench",
  signal: new AbortController().signal,
  workDir: "",
  log: () => {},
  artifact: nothing,
  spawn: nothing
}

import type { ParityReport } from "@sglang-studio/core"
import { expect, test } from "vitest"
import { makeCaseRuns } from "./caseRuns.ts"

test("of many checks the oldest that has ended is forgotten, and never one that still runs", async () => {
  const checks = makeCaseRuns()
  const running = await checks.start(["a", "b"], ({ signal, onProgress }) => {
    onProgress({ stage: "asking the cases", done: 0, total: 1 })
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
  })
  const ended: string[] = []
  for (let index = 0; index < 100; index++) ended.push((await checks.start(["a", "b"], async () => report)).id)
  expect(checks.get(ended[0]!)).toBe(null)
  expect(checks.get(ended[1]!)).toMatchObject({ status: "done" })
  expect(checks.get(running.id)).toMatchObject({ status: "running" })
  expect(await checks.cancel(running.id)).toMatchObject({ status: "cancelled" })
})

const report: ParityReport = {
  comparison: {} as ParityReport["comparison"],
  levels: [],
  runs: [],
  selfChecks: [],
  reference: null
}

import { expect, test } from "vitest"
import { phasesOf } from "./phases.ts"

const at = (ms: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + ms).toISOString()
const now = Date.parse(at(1000))

test("each state lasts until the next one, and the end has no length", () => {
  const history = [
    { status: "queued", at: at(0) },
    { status: "starting", at: at(5) },
    { status: "running", at: at(25) },
    { status: "succeeded", at: at(125) }
  ] as const
  expect(phasesOf(history, now).map(({ status, ms }) => [status, ms])).toEqual([
    ["queued", 5],
    ["starting", 20],
    ["running", 100]
  ])
})

test("what goes on lasts until now, and clocks that disagree make no negative length", () => {
  expect(phasesOf([{ status: "running", at: at(400) }], now)).toMatchObject([{ ms: 600 }])
  expect(phasesOf([{ status: "queued", at: at(2000) }], now)).toMatchObject([{ ms: 0 }])
})

import { expect, test } from "vitest"
import { scheduleOf } from "./schedule.ts"

test("constant arrivals stand at equal distances", () => {
  const times = scheduleOf({ loop: "open", rate: 4, spacing: "constant", concurrency: null }, 4, 1)
  expect([...(times ?? [])]).toEqual([0, 250, 500, 750])
})

test("Poisson arrivals have exponential gaps: their mean is their spread, and the seed decides them", () => {
  const arrival = { loop: "open", rate: 100, spacing: "poisson", concurrency: null } as const
  const times = scheduleOf(arrival, 20_001, 7) ?? new Float64Array()
  const gaps = Array.from(times.subarray(1), (time, index) => time - (times[index] ?? 0))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
  expect(mean).toBeCloseTo(10, 0)
  expect(spread / mean).toBeCloseTo(1, 1)
  expect(gaps.every((gap) => gap >= 0)).toBe(true)
  expect(scheduleOf(arrival, 50, 7)).toEqual(times.slice(0, 50))
  expect(scheduleOf(arrival, 50, 8)).not.toEqual(times.slice(0, 50))
})

test("a closed loop has no plan", () => {
  expect(scheduleOf({ loop: "closed", concurrency: 2 }, 10, 1)).toBeNull()
})

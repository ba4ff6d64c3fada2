import { expect, test } from "vitest"
import { printedNumber, readPrinted } from "./stdout.ts"

const block = (...lines: readonly string[]) =>
  ["noise", "============ Serving Benchmark Result ============", ...lines].join("\n")
const end = "=".repeat(50)

test("labels and values are read as printed", () => {
  const printed = readPrinted(
    block(
      "Backend:                                 sgl-jax   ",
      "---------------Inter-Token Latency----------------",
      "Max ITL (ms):                            72.47     ",
      end
    )
  )
  expect([...(printed ?? [])]).toEqual([
    ["Backend", "sgl-jax"],
    ["Max ITL (ms)", "72.47"]
  ])
  expect(printedNumber(printed, "Max ITL (ms)")).toBe(72.47)
  expect(printedNumber(printed, "Backend")).toBeNull()
})

test("of several blocks the last one counts, as the last line of the result file does", () => {
  const twice = [block("Max ITL (ms): 900", end), block("Max ITL (ms): 72.47", end), "noise"].join("\n")
  expect(printedNumber(readPrinted(twice), "Max ITL (ms)")).toBe(72.47)
  expect(() => readPrinted([block("Max ITL (ms): 900", end), block()].join("\n"))).toThrow("has no end")
})

test("no block is no error, a broken one is", () => {
  expect(readPrinted("nothing here")).toBeNull()
  expect(() => readPrinted(block("Max ITL", end))).toThrow("has a line that cannot be read: Max ITL")
  expect(() => readPrinted(block("Backend: x"))).toThrow("has no end")
})

import { expect, test } from "vitest"
import { golden, replayed } from "./backend.ts"

const request = (name: string) => ({
  key: "k",
  entrypoint: "serving",
  set: { "num-prompts": 12, tag: golden(`bench/${name}`) }
})

test("bench_serving is driven, and its five refused requests are not successes", async () => {
  await using backend = await replayed()
  const { events, error, artifacts } = await backend.attempt(({ benchmark }, context) =>
    benchmark?.(request("serving-some-too-long"), context)
  )
  expect(error).toBeNull()
  expect(events.flatMap((event) => (event.type === "finding" ? [event.finding.code] : []))).toEqual([
    "nonfinite-json",
    "streamed-error-as-success"
  ])
  expect(events.at(-1)).toMatchObject({
    result: { metrics: { completed: { value: 12 }, failed: { value: 5 }, failure_rate: { value: 5 / 12 } } }
  })
  expect(artifacts.get("command.txt")).toContain("-m sglang.bench_serving --backend sglang --base-url")
})

test("a benchmark that ends with an error is a crash, in its own words", async () => {
  await using backend = await replayed()
  const { error } = await backend.attempt(({ benchmark }, context) =>
    benchmark?.(request("serving-server-down"), context)
  )
  expect(error).toMatchObject({
    reason: "crashed",
    message:
      "sglang.bench_serving ended with exit code 1: Server at http://127.0.0.1:30099/v1/models is not ready. Exiting."
  })
})

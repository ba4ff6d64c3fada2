import mock from "@sglang-studio/adapter-mock"
import { openStudio } from "@sglang-studio/core"
import { afterAll, describe, expect, test } from "vitest"

const planted = [
  { title: "drift", settings: { drift: 0.2 }, code: "drift", outcome: "invalid" },
  {
    title: "a warm-up as long as half the run",
    settings: { warmup: 120 },
    code: "warmup-not-reached",
    outcome: "invalid"
  },
  { title: "a short warm-up", settings: { warmup: 20 }, code: "warmup-not-reached", outcome: "suspect" },
  { title: "dropped prompts", settings: { scenario: "dropped" }, code: "prompts-dropped", outcome: "suspect" },
  {
    title: "errors inside streams",
    settings: { scenario: "streamed-error" },
    code: "streamed-error-as-success",
    outcome: "invalid"
  }
] as const

describe("a benchmark in which something is planted", async () => {
  const studio = await openStudio({
    data: ":memory:",
    adapters: [mock],
    backends: {
      sound: { adapter: "mock" },
      ...Object.fromEntries(
        planted.map(({ code, outcome, settings }) => [`${code}-${outcome}`, { adapter: "mock", ...settings }])
      )
    }
  })
  afterAll(() => studio.close())

  // Long enough that chance hides nothing and plants nothing: every run draws its own noise.
  const benchmark = async (backend: string, set = {}) => {
    const [run] = await studio.benchmark({
      backends: [backend],
      entrypoint: "serving",
      set: {
        "num-prompts": 256,
        "random-input-len": 128,
        "random-output-len": 64,
        "random-range-ratio": 1,
        "max-concurrency": 1,
        ...set
      }
    })
    return run!
  }

  test.each(planted)("$title: $outcome, by its code", async ({ code, outcome }) => {
    const { validity } = await benchmark(`${code}-${outcome}`)
    expect(validity.findings.map((finding) => finding.code)).toContain(code)
    expect(validity.outcome).toBe(outcome)
  })

  test("a sound one is valid", async () => {
    const { validity } = await benchmark("sound", { "num-prompts": 1000 })
    expect(validity).toEqual({ outcome: "valid", findings: [] })
  })

  test("what an adapter says itself is not said twice", async () => {
    const { validity } = await benchmark("sound", { "num-prompts": 100 })
    expect(validity.findings.map(({ code }) => code).sort()).toEqual(["too-few-samples"])
  })
})

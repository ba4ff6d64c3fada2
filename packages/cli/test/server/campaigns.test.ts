import { expect, test } from "vitest"
import { openApp } from "./setup.ts"

const suite = {
  suite: "nightly",
  cases: [{ name: "random", benchmark: "serving", set: { "num-prompts": 256, "max-concurrency": 4 } }],
  repeats: 3,
  gates: [{ name: "p50", metric: "e2e_latency_ms.p50", max_regression: 0.05 }]
}
const backends = ["one=mock:clean,seed=1", "two=mock:clean,seed=2"]

test("a suite is started, followed to its verdict, and promoted", async () => {
  const { studio, read } = await openApp()
  const started = await read("POST", "/campaigns", { suite, backends })
  expect(started).toMatchObject({
    status: 201,
    json: { suite: "nightly", status: "running", planned: 6, verdict: null }
  })
  const { id } = started.json
  await studio.campaigns.wait(id)
  const { json } = await read("GET", `/campaigns/${id}`)
  expect(json).toMatchObject({ status: "succeeded", succeeded: 6, verdict: { outcome: "pass", would_decide: null } })
  expect(json.runs[0]).toMatchObject({ key: "random/one/1", status: "succeeded", phase: "measured" })
  expect((await read("GET", `/compares/${json.comparisons[0]}`)).json.gates).toMatchObject([
    { name: "p50", outcome: "pass" }
  ])
  expect((await read("GET", "/campaigns?suite=nightly")).json.items).toEqual([json])
  expect((await read("GET", "/campaigns?suite=other")).json.items).toEqual([])
  expect((await read("GET", "/campaigns?runs=false")).json.items).toEqual([{ ...json, runs: [] }])
  expect((await read("GET", "/status")).json).toMatchObject({ campaigns: 1, runs: 6 })

  const promotion = { campaign: id, name: "main", reason: "release", author: "Ada" }
  expect(await read("POST", "/baselines", promotion)).toMatchObject({ status: 409, json: { code: "mock-refused" } })
  const promoted = await read("POST", "/baselines", { ...promotion, backend: "two", allow_mock: true })
  expect(promoted).toMatchObject({ status: 201, json: { items: [{ backend: "two", superseded_at: null }] } })
  expect((await read("GET", "/baselines?name=main")).json).toEqual(promoted.json)

  const waiver = { suite: "nightly", gate: "p50", until: "2099-01-01", reason: "known", author: "Ada" }
  const waived = await read("POST", "/waivers", waiver)
  expect(waived).toMatchObject({ status: 201, json: { expires_at: "2099-01-01T00:00:00.000Z", case: null } })
  expect((await read("GET", "/waivers")).json.items).toEqual([waived.json])
  for (const until of ["soon", "2099-02-31", "99999"])
    expect(await read("POST", "/waivers", { ...waiver, until })).toMatchObject({ status: 400 })
})

test("one that has ended cannot be resumed, and a suite with a mistake is not begun", async () => {
  const { studio, read } = await openApp()
  const { json } = await read("POST", "/campaigns", { suite, backends })
  await studio.campaigns.wait(json.id)
  expect(await read("POST", `/campaigns/${json.id}/resume`)).toMatchObject({
    status: 409,
    json: { code: "campaign-ended" }
  })
  expect((await read("POST", `/campaigns/${json.id}/cancel`)).json.status).toBe("succeeded")
  const wrong = await read("POST", "/campaigns", { suite: { ...suite, repeats: 0 }, backends })
  expect(wrong).toMatchObject({ status: 400, json: { code: "invalid-suite", errors: [{ path: "repeats" }] } })
})

test("a suite is also taken as text, planned before it is started, and its mistakes have their places", async () => {
  const { read } = await openApp()
  const text = `suite: nightly
cases:
  - { name: random, benchmark: serving, set: { num-prompts: 64 } }
repeats: 2
`
  const { status, json } = await read("POST", "/campaigns/plan", { suite: text, backends })
  expect(status).toBe(200)
  expect(json.plan).toMatchObject({ suite: "nightly", seed: 1, estimate_ms: null, skipped: [] })
  expect(json.plan.runs.map(({ key }: { key: string }) => key).toSorted()).toEqual(
    ["one/1", "one/2", "two/1", "two/2"].map((one) => `random/${one}`)
  )
  expect((await read("GET", "/campaigns")).json.items).toEqual([])
  expect(await read("POST", "/campaigns", { suite: text, backends })).toMatchObject({ status: 201 })

  const wrong = text.replace("repeats: 2", "repeat: 2\ngates: [{ name: p95 }]")
  expect(await read("POST", "/campaigns/plan", { suite: wrong, backends })).toMatchObject({
    status: 400,
    json: {
      code: "invalid-suite",
      errors: [
        { path: "repeat", line: 4, column: 1 },
        { path: "gates.0", line: 5 }
      ]
    }
  })
  const broken = await read("POST", "/campaigns/plan", { suite: "suite: [a", backends })
  expect(broken).toMatchObject({ status: 400, json: { code: "invalid-suite", errors: [{ path: "", line: 1 }] } })
  // A path is a text like any other, and no suite.
  const path = await read("POST", "/campaigns/plan", { suite: "/etc/passwd", backends })
  expect(path).toMatchObject({ status: 400, json: { code: "invalid-suite", errors: [{ line: 1, column: 1 }] } })
})

test("the suite of an earlier campaign is run again as it was", async () => {
  const { studio, read } = await openApp()
  const { json } = await read("POST", "/campaigns", { suite, backends })
  await studio.campaigns.wait(json.id)
  const again = { suite_of: json.id.slice(0, 8), backends }
  const { plan } = (await read("POST", "/campaigns/plan", again)).json
  expect(plan).toMatchObject({ suite: "nightly", estimate_ms: expect.any(Number) })
  const { json: second } = await read("POST", "/campaigns", again)
  expect(second).toMatchObject({ suite: "nightly", planned: json.planned, status: "running" })
  expect(second.runs.map(({ key }: { key: string }) => key)).toEqual(json.runs.map(({ key }: { key: string }) => key))
  expect(await read("POST", "/campaigns", { suite_of: "nothing" })).toMatchObject({ status: 404 })
  const both = await read("POST", "/campaigns", { ...again, suite })
  expect(both).toMatchObject({ status: 400, json: { detail: expect.stringContaining("either suite or suite_of") } })
})

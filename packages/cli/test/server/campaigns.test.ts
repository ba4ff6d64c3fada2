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

  const promotion = { campaign: id, name: "main", reason: "release", author: "Ada" }
  expect(await read("POST", "/baselines", promotion)).toMatchObject({ status: 409, json: { code: "mock-refused" } })
  const promoted = await read("POST", "/baselines", { ...promotion, backend: "two", allow_mock: true })
  expect(promoted).toMatchObject({ status: 201, json: { items: [{ backend: "two", superseded_at: null }] } })
  expect((await read("GET", "/baselines?name=main")).json).toEqual(promoted.json)

  const waiver = { suite: "nightly", gate: "p50", until: "2099-01-01", reason: "known", author: "Ada" }
  const waived = await read("POST", "/waivers", waiver)
  expect(waived).toMatchObject({ status: 201, json: { expires_at: "2099-01-01T00:00:00.000Z", case: null } })
  expect((await read("GET", "/waivers")).json.items).toEqual([waived.json])
  expect(await read("POST", "/waivers", { ...waiver, until: "soon" })).toMatchObject({ status: 400 })
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

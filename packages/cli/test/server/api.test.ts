import { openApi } from "@sglang-studio/core/contract"
import { describe, expect, test } from "vitest"
import { openApp, page, score } from "./setup.ts"

describe("runs", () => {
  test("a score goes in as text and comes out as a run", async () => {
    const { studio, read } = await openApp()
    const made = await read("POST", "/runs", { backend: "a", request: { score }, tags: ["first"] })
    expect(made).toMatchObject({ status: 201, json: { kind: "score", backend: "a", tags: ["first"] } })
    await studio.runs.wait(made.json.id)
    const { status, json } = await read("GET", `/runs/${made.json.id}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({ status: "succeeded", provenance: "mock", adapter_error: null })
    expect(json.score.scores).toHaveLength(2)
    expect(Object.keys(json).toSorted()).toMatchInlineSnapshot(`
      [
        "adapter",
        "adapter_error",
        "archived",
        "artifacts",
        "backend",
        "campaign",
        "created_at",
        "error",
        "fingerprint",
        "finished_at",
        "id",
        "imported",
        "kind",
        "metrics",
        "note",
        "output",
        "pinned",
        "progress",
        "provenance",
        "raw_metrics",
        "reproduce",
        "request",
        "resend",
        "score",
        "started_at",
        "status",
        "system_hash",
        "tags",
        "traces",
        "validity",
        "workload_hash",
      ]
    `)
  })

  test("a backend may be given as the spec that the command line takes", async () => {
    const { read } = await openApp()
    expect(await read("POST", "/runs", { backend: "c=mock:clean,seed=3", request: { score } })).toMatchObject({
      status: 201,
      json: { backend: "c" }
    })
  })

  test("older scripts are understood", async () => {
    const { read } = await openApp()
    const body = { backend: "a", mode: "score", score_input: { query: "q", items: [" x"], label_token_ids: [5] } }
    expect(await read("POST", "/runs", body)).toMatchObject({
      status: 201,
      json: { request: { score: { label_token_ids: [5] } } }
    })
  })

  test("what cannot be read is refused by name, all of it at once", async () => {
    const { read } = await openApp()
    const { status, type, json } = await read("POST", "/runs", {
      backend: "a",
      request: { score: { query: "q", items: [], labels: [" yes"] } },
      tgas: []
    })
    expect([status, type]).toEqual([400, "application/problem+json"])
    expect(json).toMatchInlineSnapshot(`
      {
        "code": "invalid-request",
        "detail": "tgas: unknown field (and 1 more)",
        "errors": [
          {
            "message": "unknown field",
            "path": "tgas",
          },
          {
            "message": "at least one item is needed",
            "path": "request.score.items",
          },
        ],
        "hint": "GET /api/v1/openapi.json describes every request.",
        "status": 400,
        "title": "Bad Request",
        "type": "urn:sglang-studio:problem:invalid-request",
      }
    `)
  })

  test("a page of the list leads to the next one", async () => {
    const { studio, read } = await openApp()
    for (const tag of ["1", "2", "3"]) {
      const { json } = await read("POST", "/runs", { backend: "a", request: { score }, tags: [tag] })
      await studio.runs.wait(json.id)
    }
    const first = (await read("GET", "/runs?limit=2&backend=a")).json
    expect(first.items.map((run: { tags: unknown }) => run.tags)).toEqual([["3"], ["2"]])
    const second = (await read("GET", `/runs?limit=2&backend=a&cursor=${encodeURIComponent(first.next_cursor)}`)).json
    expect(second.items.map((run: { tags: unknown }) => run.tags)).toEqual([["1"]])
    expect(second.next_cursor).toBeNull()
    expect((await read("GET", "/runs?backend=b")).json.items).toEqual([])
    expect((await read("GET", "/runs?limit=many&colour=red")).json.errors).toEqual([
      { path: "colour", message: "unknown field" },
      { path: "limit", message: expect.any(String) }
    ])
    expect(await read("GET", "/runs?status=foo&since=2026-13-99")).toMatchObject({
      status: 400,
      json: {
        code: "invalid-request",
        errors: [
          { path: "status", message: expect.stringMatching(/"foo".*queued, starting/) },
          { path: "since", message: expect.stringMatching(/"2026-13-99".*2026-01-31/) }
        ]
      }
    })
  })

  test("tags, note, pin and archive mark can be changed, nothing else", async () => {
    const { read } = await openApp()
    const { json } = await read("POST", "/runs", { backend: "a", request: { score } })
    const changed = await read("PATCH", `/runs/${json.id}`, { tags: ["x"], note: "n", pinned: true, archived: true })
    expect(changed).toMatchObject({ status: 200, json: { tags: ["x"], note: "n", pinned: true, archived: true } })
    expect((await read("PATCH", `/runs/${json.id}`, { status: "succeeded" })).json.errors).toEqual([
      { path: "status", message: "unknown field" }
    ])
  })

  test("a run is cancelled once, and again without harm", async () => {
    const { studio, read } = await openApp()
    const { json } = await read("POST", "/runs", { backend: "stuck", request: { score } })
    expect((await read("POST", `/runs/${json.id}/cancel`)).status).toBe(200)
    await studio.runs.wait(json.id)
    expect((await read("POST", `/runs/${json.id}/cancel`)).json.status).toBe("cancelled")
  })

  test("a run is repeated as another run", async () => {
    const { read } = await openApp()
    const { json } = await read("POST", "/runs", { backend: "a", request: { score } })
    const again = await read("POST", `/runs/${json.id}/repeat`, {})
    expect(again.status).toBe(201)
    expect(again.json.id).not.toBe(json.id)
    expect(again.json.workload_hash).toBe(json.workload_hash)
  })

  test("a trace comes in slices, a run's samples as a list", async () => {
    const { studio, read } = await openApp()
    const { json } = await read("POST", "/runs", { backend: "a", request: { generate: { prompt: "The cat sat" } } })
    const run = await studio.runs.wait(json.id)
    const name = encodeURIComponent(run.traces[0]?.case ?? "")
    const whole = (await read("GET", `/runs/${json.id}/trace?case=${name}`)).json
    expect(whole).toMatchObject({ from: 0, to: run.traces[0]?.length, semantics: "raw" })
    expect(whole.ids).toHaveLength(whole.to)
    const slice = (await read("GET", `/runs/${json.id}/trace?case=${name}&from=1&to=3`)).json
    expect(slice.ids).toEqual(whole.ids.slice(1, 3))
    expect(await read("GET", `/runs/${json.id}/trace`)).toMatchObject({
      status: 400,
      json: { errors: [{ path: "case", message: "missing" }] }
    })
    expect(await read("GET", `/runs/${json.id}/trace?case=${name}&from=5&to=2`)).toMatchObject({
      status: 400,
      json: { code: "invalid-request", errors: [{ path: "from" }, { path: "to" }] }
    })
    expect(await read("GET", `/runs/${json.id}/samples`)).toMatchObject({ status: 200, json: { items: [] } })
  })
})

describe("artifacts", () => {
  const openFiles = async () => {
    const opened = await openApp()
    const { json } = await opened.read("POST", "/runs", { backend: "files", request: { generate: { prompt: "x" } } })
    const run = await opened.studio.runs.wait(json.id)
    expect(run.artifacts.map((artifact) => artifact.name)).toEqual(expect.arrayContaining(["page.html", "data.bin"]))
    const get = (name: string, headers: Record<string, string> = {}, method = "GET") =>
      opened.ask(method, `/api/v1/runs/${run.id}/artifacts/${name}`, undefined, headers)
    return { ...opened, run, get }
  }

  test("foreign text is never shown as a page", async () => {
    const { get } = await openFiles()
    const response = await get("page.html")
    expect(await response.text()).toBe(page)
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8")
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'")
    const binary = await get("data.bin")
    expect(binary.headers.get("content-type")).toBe("application/octet-stream")
    expect(binary.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''data.bin")
  })

  test("ranges", async () => {
    const { get } = await openFiles()
    const part = await get("page.html", { range: "bytes=2-8" })
    expect([
      part.status,
      await part.text(),
      part.headers.get("content-range"),
      part.headers.get("content-length")
    ]).toEqual([206, page.slice(2, 9), `bytes 2-8/${page.length}`, "7"])
    const beyond = await get("page.html", { range: "bytes=999-" })
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${page.length}`])
    const stale = await get("page.html", { range: "bytes=2-8", "if-range": '"other"' })
    expect([stale.status, (await stale.text()).length]).toEqual([200, page.length])
  })

  test("an unchanged file is not sent twice, and HEAD sends none", async () => {
    const { get } = await openFiles()
    const head = await get("page.html", {}, "HEAD")
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, String(page.length), ""])
    expect((await get("page.html", { "if-none-match": head.headers.get("etag") ?? "" })).status).toBe(304)
  })

  test.each(["..%2f..%2fstudio.db", "%2e%2e%2fstudio.db", "%2Fetc%2Fpasswd", "nothing"])(
    "%s is not one",
    async (name) => {
      const { get } = await openFiles()
      const response = await get(name)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: "not-found" })
    }
  )
})

describe("comparisons", () => {
  const twoRuns = async () => {
    const opened = await openApp()
    const ids: string[] = []
    for (const backend of ["a", "b"]) {
      const { json } = await opened.read("POST", "/runs", { backend, request: { score } })
      await opened.studio.runs.wait(json.id)
      ids.push(json.id)
    }
    return { ...opened, ids }
  }

  test("of runs, by their backends' names", async () => {
    const { read, ids } = await twoRuns()
    const made = await read("POST", "/compares", { run_ids: ids })
    expect(made.status).toBe(201)
    expect(made.json.arms).toEqual([
      { label: "a", run_ids: [ids[0]] },
      { label: "b", run_ids: [ids[1]] }
    ])
    expect(made.json.parity.max_abs_delta_logprob).toBeGreaterThan(0)
    expect((await read("GET", `/compares/${made.json.id}`)).json).toEqual(made.json)
    expect((await read("GET", "/compares")).json.items).toMatchObject([
      { id: made.json.id, outcome: made.json.verdict.outcome, sentence: made.json.verdict.sentence }
    ])
  })

  test("of labelled arms, and of left and right", async () => {
    const { read, ids } = await twoRuns()
    const arms = ids.map((id, index) => ({ label: `arm ${index}`, run_ids: [id] }))
    expect((await read("POST", "/compares", { arms })).json.arms).toEqual(arms)
    const old = await read("POST", "/compares", { left_run_id: ids[0], right_run_id: ids[1] })
    expect(old.json.arms.map((arm: { label: string }) => arm.label)).toEqual(["a", "b"])
  })

  test("a run that is not there is named", async () => {
    const { read, ids } = await twoRuns()
    const { status, json } = await read("POST", "/compares", { run_ids: [ids[0], "nope"] })
    expect([status, json.code]).toEqual([404, "not-found"])
    expect(json.detail).toContain("nope")
  })
})

describe("backends", () => {
  test("are listed, added and asked", async () => {
    const { read } = await openApp()
    const added = await read("POST", "/backends", { name: "c", adapter: "mock", scenario: "clean", run_noise: 0.02 })
    expect(added).toMatchObject({ status: 201, json: { name: "c", adapter: "mock", origin: "added", probe: null } })
    const probed = await read("POST", "/backends/c/probe")
    expect(probed).toMatchObject({ status: 200, json: { probe: { reachable: true, capabilities: expect.any(Array) } } })
    const { items } = (await read("GET", "/backends")).json
    expect(items.map((backend: { name: string }) => backend.name).toSorted()).toEqual(["a", "b", "c", "files", "stuck"])
  })

  test("tell the ids of a text where they can", async () => {
    const { read } = await openApp()
    expect((await read("POST", "/backends/a/tokenize", { texts: [" yes", " no"] })).json.ids).toEqual([
      [expect.any(Number)],
      [expect.any(Number)]
    ])
    expect((await read("POST", "/backends/files/tokenize", { texts: [" yes"] })).json).toEqual({ ids: null })
  })

  test("that nobody knows are a problem with a way out", async () => {
    const { read } = await openApp()
    for (const path of ["/backends/nobody/probe", "/backends/nobody/tokenize"])
      expect(await read("POST", path, path.endsWith("tokenize") ? { texts: [] } : {})).toMatchObject({
        status: 404,
        json: { code: "unknown-backend", hint: expect.any(String) }
      })
    expect(await read("POST", "/backends", { name: "x", adapter: "nobody" })).toMatchObject({
      status: 400,
      json: { code: "unknown-adapter" }
    })
    expect(await read("POST", "/backends", { name: "x", adapter: "mock", colour: "red" })).toMatchObject({
      status: 400
    })
  })

  test("stand on adapters, which say what they can do", async () => {
    const { read } = await openApp()
    expect((await read("GET", "/adapters")).json.items).toContainEqual(
      expect.objectContaining({ name: "mock", mock: true, operations: expect.arrayContaining(["score"]) })
    )
  })
})

describe("about", () => {
  test("health, at the root too", async () => {
    const { ask, read } = await openApp()
    expect((await read("GET", "/health")).json).toEqual({ status: "ok", version: "1.2.3", schema_version: 1 })
    expect(await (await ask("GET", "/health")).json()).toEqual({ status: "ok", version: "1.2.3", schema_version: 1 })
  })

  test("status counts", async () => {
    const { studio, read } = await openApp()
    const { json } = await read("POST", "/runs", { backend: "a", request: { score } })
    await studio.runs.wait(json.id)
    expect((await read("GET", "/status")).json).toEqual({
      in_flight: 0,
      runs: 1,
      campaigns: 0,
      size_bytes: expect.any(Number),
      data_dir: studio.dataDir,
      version: "1.2.3"
    })
  })

  test("the document of the API is what the server says it is", async () => {
    const { read } = await openApp()
    expect((await read("GET", "/openapi.json")).json).toEqual(openApi("1.2.3"))
  })
})

describe("what cannot be answered is a problem, never a page", () => {
  test.each([
    ["GET", "/nothing", undefined, 404, "not-found"],
    ["GET", "/runs/nope", undefined, 404, "not-found"],
    ["GET", "/runs/nope/events", undefined, 404, "not-found"],
    ["GET", "/runs/nope/artifacts/x", undefined, 404, "not-found"],
    ["PATCH", "/runs", {}, 405, "method-not-allowed"],
    ["GET", "/runs/x/cancel", undefined, 405, "method-not-allowed"],
    ["POST", "/runs", "{", 400, "invalid-request"],
    ["POST", "/runs", "[]", 400, "invalid-request"],
    ["POST", "/runs", "null", 400, "invalid-request"],
    ["POST", "/runs", `{"backend":"nobody","request":${JSON.stringify({ score })}}`, 404, "unknown-backend"]
  ])("%s %s %s", async (method, path, body, status, code) => {
    const { read } = await openApp()
    const answer = await read(method, path, body)
    expect(answer).toMatchObject({ status, type: "application/problem+json", json: { status, code } })
    expect(Object.keys(answer.json)).toEqual(
      expect.arrayContaining(["type", "title", "status", "detail", "code", "hint"])
    )
    expect(JSON.stringify(answer.json)).not.toMatch(/at .*\.ts/)
  })

  test("a wrong method says which are right", async () => {
    const { ask } = await openApp()
    expect((await ask("PATCH", "/api/v1/runs", {})).headers.get("allow")).toBe("POST, GET")
  })
})

import type { Exchange } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { against, json, replayed } from "./backend.ts"

const probe = (backend: Awaited<ReturnType<typeof against>>) => backend.ask((opened, context) => opened.probe(context))

describe("probe of a recorded SGLang-JAX", () => {
  test("says what it is, how that was decided, and what works on what evidence", async () => {
    await using backend = await replayed([], { python: "/no/such/python" })
    const { fingerprint, ...answer } = await probe(backend)
    expect(answer).toMatchInlineSnapshot(`
      {
        "capabilities": [
          {
            "available": true,
            "evidence": "no /tokenize; ids are read from the prompt logprobs of POST /generate (GET /openapi.json lists POST /generate)",
            "operation": "tokenize",
          },
          {
            "available": true,
            "evidence": "GET /openapi.json lists POST /v1/score",
            "operation": "score",
          },
          {
            "available": true,
            "evidence": "GET /openapi.json lists POST /generate",
            "operation": "generate",
          },
          {
            "available": false,
            "evidence": "/no/such/python does not exist",
            "operation": "benchmark",
          },
          {
            "available": false,
            "evidence": "no \`launch\` is set: the studio leaves this server alone",
            "operation": "launch",
          },
        ],
        "decidedBy": "GET /get_server_info lists precompile_token_paddings, precompile_bs_paddings, disable_precompile, which only SGLang-JAX has",
        "notes": [
          "The server answers with secrets in clear: api_key.",
        ],
        "reachable": true,
        "server": "SGLang-JAX 0.0.0.dev0",
      }
    `)
    expect({ ...fingerprint, flags: Object.keys(fingerprint?.flags ?? {}).length > 50 }).toMatchInlineSnapshot(`
      {
        "commit": null,
        "device": "cpu",
        "dtype": "float32",
        "engine": "SGLang-JAX",
        "engineVersion": "0.0.0.dev0",
        "flags": true,
        "model": "/models/tiny-llama",
        "modelRevision": null,
        "tokenizerHash": null,
      }
    `)
  })

  test("asks the new endpoint names first, then the old ones", async () => {
    await using backend = await replayed()
    await probe(backend)
    expect(backend.server.asked.map(({ path }) => path)).toEqual([
      "/server_info",
      "/get_server_info",
      "/v1/models",
      "/model_info",
      "/get_model_info",
      "/openapi.json"
    ])
  })

  test("keeps the server's key, its counters and unset arguments out of the fingerprint", async () => {
    await using backend = await replayed()
    const answer = await probe(backend)
    expect(JSON.stringify(answer)).not.toContain("golden-api-key-123")
    expect(answer.fingerprint?.flags).toMatchObject({
      api_key: "[redacted]",
      disable_overlap_schedule: true,
      page_size: 1
    })
    for (const name of ["internal_states", "last_gen_throughput", "status", "version", "dist_init_addr"]) {
      expect(answer.fingerprint?.flags).not.toHaveProperty(name)
    }
  })
})

const html: Exchange = {
  method: "GET",
  path: "/server_info",
  status: 200,
  type: "text/html; charset=utf-8",
  body: "<!doctype html><title>Grafana</title>"
}
const pytorch = json("GET", "/server_info", {
  model_path: "m",
  sampling_backend: "pytorch",
  enable_torch_compile: false,
  version: "0.5.15"
})

describe("probe of something else", () => {
  test.each([
    [
      "SGLang PyTorch",
      [pytorch],
      "not SGLang-JAX because it is SGLang PyTorch 0.5.15",
      ["The adapter for SGLang PyTorch works with this address."]
    ],
    [
      "vLLM",
      [json("GET", "/v1/models", { object: "list", data: [{ id: "m", owned_by: "vllm" }] })],
      "not SGLang-JAX because it is vLLM (OpenAI-compatible)",
      ["`bench serving` still works with `--set backend=sglang-oai` or `--set backend=vllm`; scores and traces do not."]
    ],
    ["a web page", [html], "not SGLang-JAX because it is a web page", []],
    ["an unknown server", [], "not SGLang-JAX because it is an unknown HTTP server", []],
    [
      "a server with a key",
      [json("GET", "/server_info", { error: "Unauthorized" }, 401)],
      "not SGLang-JAX because it is a server that wants an API key",
      ["Everything may work once `api_key` of this backend is set."]
    ]
  ])("%s is named, and what still works", async (_, exchanges, server, notes) => {
    await using backend = await against(exchanges)
    const answer = await probe(backend)
    expect(answer).toMatchObject({ reachable: true, server, notes, fingerprint: null })
    expect(answer.capabilities.filter(({ available }) => available)).toEqual([])
  })

  test("nothing there is an answer, with the cause", async () => {
    const answer = await probe(await against([], { url: "http://127.0.0.1:9" }))
    expect(answer).toMatchObject({
      reachable: false,
      server: "Cannot reach http://127.0.0.1:9: nothing listens there (ECONNREFUSED).",
      fingerprint: null
    })
  })

  test("a server that says it has no route, has none", async () => {
    await using backend = await replayed([json("GET", "/openapi.json", { paths: { "/generate": {} } })])
    const { capabilities } = await probe(backend)
    expect(capabilities.find(({ operation }) => operation === "score")).toEqual({
      operation: "score",
      available: false,
      evidence: "GET /openapi.json does not list POST /v1/score"
    })
  })

  test("a model that makes no tokens can do nothing here", async () => {
    await using backend = await replayed([json("GET", "/model_info", { model_path: "m", is_generation: false })])
    const { capabilities } = await probe(backend)
    expect(capabilities.filter(({ available }) => available).map(({ operation }) => operation)).toEqual(["benchmark"])
  })
})

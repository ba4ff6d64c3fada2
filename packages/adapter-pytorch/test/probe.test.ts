import { adapterUnder, replayServer } from "@sglang-studio/sglang-wire/testing"
import { expect, test } from "vitest"
import { pytorchAdapter } from "../src/index.ts"
import { recorded, replayed } from "./backend.ts"

test("a recorded SGLang PyTorch says what it is, and what works", async () => {
  await using backend = await replayed([], { python: undefined })
  const { fingerprint, ...answer } = await backend.ask((opened, context) => opened.probe(context))
  expect(answer).toMatchInlineSnapshot(`
    {
      "capabilities": [
        {
          "available": true,
          "evidence": "GET /openapi.json lists POST /v1/tokenize",
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
          "evidence": "no \`python\` is set, so bench_serving cannot be run; \`load\` can",
          "operation": "benchmark",
        },
        {
          "available": false,
          "evidence": "no \`launch\` is set: the studio leaves this server alone",
          "operation": "launch",
        },
      ],
      "decidedBy": "GET /server_info lists enable_torch_compile, torchao_config, disable_cuda_graph, sampling_backend, which only SGLang PyTorch has",
      "notes": [],
      "reachable": true,
      "server": "SGLang PyTorch 0.5.15.post1",
    }
  `)
  expect({ ...fingerprint, flags: Object.keys(fingerprint?.flags ?? {}).length > 100 }).toMatchInlineSnapshot(`
    {
      "commit": null,
      "device": "cpu",
      "dtype": "float32",
      "engine": "SGLang PyTorch",
      "engineVersion": "0.5.15.post1",
      "flags": true,
      "model": "/models/tiny-llama",
      "modelRevision": null,
      "tokenizerHash": null,
    }
  `)
  expect(backend.server.asked.map(({ path }) => path)).toEqual([
    "/server_info",
    "/v1/models",
    "/model_info",
    "/openapi.json"
  ])
})

test("an older version answers under the old names only", async () => {
  const renamed = (path: string) => (/^\/(server|model)_info$/.test(path) ? path.replace("/", "/get_") : path)
  const older = recorded.map(({ path, ...each }) => Object.assign(each, { path: renamed(path) }))
  await using server = await replayServer(older)
  const answer = await adapterUnder(pytorchAdapter, { url: server.url }).ask((opened, context) => opened.probe(context))
  expect(answer.server).toBe("SGLang PyTorch 0.5.15.post1")
  expect(answer.decidedBy).toContain("GET /get_server_info lists")
})

test("SGLang-JAX is named, and left to its adapter", async () => {
  const info = {
    method: "GET",
    path: "/get_server_info",
    status: 200,
    type: "application/json",
    body: '{"disable_precompile": true, "version": "0.1"}'
  }
  await using server = await replayServer([info])
  const answer = await adapterUnder(pytorchAdapter, { url: server.url }).ask((opened, context) => opened.probe(context))
  expect(answer).toMatchObject({
    reachable: true,
    server: "not SGLang PyTorch because it is SGLang-JAX 0.1",
    notes: ["The adapter for SGLang-JAX works with this address."]
  })
})

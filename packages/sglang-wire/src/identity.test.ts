import { AdapterError } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import type { Evidence } from "./evidence.ts"
import { identify, nameOf } from "./identity.ts"

const nothing: Evidence = {
  serverInfo: null,
  modelInfo: null,
  models: null,
  openapi: null,
  first: { path: "/server_info", status: 404, contentType: "application/json", text: '{"detail":"Not Found"}' },
  locked: false
}

const serverInfo = (body: { [key: string]: string | null }): Evidence => ({
  ...nothing,
  serverInfo: { path: "/server_info", body }
})
const models = (model: { [key: string]: string }): Evidence => ({
  ...nothing,
  models: { path: "/v1/models", body: { data: [model] } }
})

describe("what kind of server answers", () => {
  test.each<[string, Evidence | AdapterError, string]>([
    ["SGLang-JAX by its arguments", serverInfo({ precompile_bs_paddings: null, version: "0.1.0" }), "SGLang-JAX 0.1.0"],
    ["SGLang-JAX 0.0.2 by an older argument", serverInfo({ disable_jax_precompile: null }), "SGLang-JAX"],
    [
      "SGLang PyTorch by its arguments",
      serverInfo({ torchao_config: null, version: "0.5.15" }),
      "SGLang PyTorch 0.5.15"
    ],
    ["vLLM", models({ id: "m", owned_by: "vllm" }), "vLLM (OpenAI-compatible)"],
    ["llama.cpp", models({ id: "m", owned_by: "llamacpp" }), "llama.cpp (OpenAI-compatible)"],
    ["an unknown OpenAI-compatible server", models({ id: "m" }), "a server (OpenAI-compatible)"],
    ["arguments that tell nothing", serverInfo({ model_path: "m" }), "an unknown HTTP server"],
    [
      "a server with a key",
      { ...nothing, locked: true, first: { ...nothing.first, status: 401 } },
      "a server that wants an API key"
    ],
    [
      "a web page",
      { ...nothing, first: { path: "/server_info", status: 200, contentType: "text/html", text: "<!doctype html>" } },
      "a web page"
    ],
    ["another HTTP server", nothing, "an unknown HTTP server"],
    ["nothing", new AdapterError({ reason: "unreachable", message: "nothing listens there", hint: "" }), "nothing"]
  ])("%s", (_, evidence, name) => {
    expect(nameOf(identify(evidence))).toBe(name)
  })

  test("the reason shows the answer that it rests on", () => {
    expect(identify(models({ id: "m", owned_by: "vllm" })).because).toMatchInlineSnapshot(
      `"GET /v1/models lists models owned by "vllm", but neither /server_info nor /get_server_info answers with SGLang's arguments"`
    )
    expect(
      identify({ ...serverInfo({ model_path: "m" }), models: models({ id: "m", owned_by: "vllm" }).models }).because
    ).toMatchInlineSnapshot(
      `"GET /v1/models lists models owned by "vllm", but GET /server_info answered 200 with none of SGLang-JAX's precompile_token_paddings, precompile_bs_paddings, disable_precompile, disable_jax_precompile and none of SGLang PyTorch's enable_torch_compile, torchao_config, disable_cuda_graph, sampling_backend"`
    )
    expect(
      identify(serverInfo({ model_path: "m", disable_precompile: null, torchao_config: null })).because
    ).toMatchInlineSnapshot(
      `"GET /server_info answered 200 with disable_precompile of SGLang-JAX's precompile_token_paddings, precompile_bs_paddings, disable_precompile, disable_jax_precompile and torchao_config of SGLang PyTorch's enable_torch_compile, torchao_config, disable_cuda_graph, sampling_backend; its keys are model_path, disable_precompile, torchao_config"`
    )
    expect(identify(nothing).because).toMatchInlineSnapshot(
      `"GET /server_info answered 404 application/json: {"detail":"Not Found"}"`
    )
  })
})

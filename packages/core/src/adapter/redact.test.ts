import { describe, expect, it } from "vitest"
import { makeRedactor, secretsIn, secretsInText } from "./redact.ts"

describe("redact", () => {
  it.each([
    ['{"api_key": "planted-1"}', '{"api_key": "[redacted]"}'],
    ['{"admin_api_key":"planted-1","x":1}', '{"admin_api_key":"[redacted]","x":1}'],
    ["ServerArgs(api_key='planted-1', admin_api_key=None)", "ServerArgs(api_key='[redacted]', admin_api_key=None)"],
    ["python -m x --api-key planted-1 --port 3", "python -m x --api-key [redacted] --port 3"],
    ["--api-key=planted-1", "--api-key=[redacted]"],
    ["export HF_TOKEN=planted-1", "export HF_TOKEN=[redacted]"],
    ["Authorization: Bearer planted-1", "Authorization: Bearer [redacted]"],
    ["-H 'authorization: Basic cGxhbnRlZA=='", "-H 'authorization: Basic [redacted]'"],
    ["http://me:planted-1@host:1/", "http://me:[redacted]@host:1/"],
    ["http://host/?api_key=planted-1&n=2", "http://host/?api_key=[redacted]&n=2"],
    [
      String.raw`{"text": "{\"api_key\": \"planted-1\", \"n\": 2}"}`,
      String.raw`{"text": "{\"api_key\": \"[redacted]\", \"n\": 2}"}`
    ],
    ['{"api_key": 12345678, "n": 2}', '{"api_key": "[redacted]", "n": 2}'],
    ["api_keys=['planted-1']", "api_keys=['[redacted]']"],
    ['{"api_key": "planted-1', '{"api_key": "[redacted]'],
    [String.raw`{"password": "a\"planted-1"}`, '{"password": "[redacted]"}']
  ])("replaces the secret in %s", (text, clean) => {
    expect(makeRedactor().text(text)).toBe(clean)
  })

  it.each([
    '{"eos_token": "</s>", "max_new_tokens": 32, "token": " yes", "num_tokens=5"}',
    '{"eom_token": "<|eom|>", "tool_token": "[TOOL]", "token": "a"}',
    "output token: 12, tokens/s: 33, time_to_first_token=1.5",
    '{"api_key": null, "admin_api_key": "", "tokenizer_path": "/models/m"}',
    "key: value, cache_key=abcdef, the token was sampled at http://127.0.0.1:30000/v1",
    "bearer of news, tokens are secret: none"
  ])("leaves %s alone", (text) => {
    const redactor = makeRedactor()
    expect(redactor.text(text)).toBe(text)
    expect(redactor.found.size).toBe(0)
  })

  it("is settled after one pass", () => {
    const once = makeRedactor().text("Authorization: Bearer planted-1 --api-key planted-2 http://a:planted@b/")
    expect(makeRedactor().text(once)).toBe(once)
  })

  it("keeps the shape of JSON and says where it looked", () => {
    const redactor = makeRedactor(["known-value"])
    const value = {
      api_key: "planted",
      nested: [{ hf_token: "planted", n: 1 }],
      log: "it said known-value",
      token_ids: [1, 2]
    }
    expect(redactor.json(value)).toEqual({
      api_key: "[redacted]",
      nested: [{ hf_token: "[redacted]", n: 1 }],
      log: "it said [redacted]",
      token_ids: [1, 2]
    })
    expect([...redactor.found]).toEqual(["api_key", "hf_token", "(value)"])
  })

  it("takes values of many megabytes as they come", () => {
    const long = "x".repeat(20_000_000)
    const texts = [`{"api_key": "${long}"}`, `token=${long}`, `--api-key ${long}`, `Authorization: Bearer ${long}`]
    for (const text of texts) expect(makeRedactor().text(text).length).toBeLessThanOrEqual(text.length)
    expect(makeRedactor().text(`{"text": "${long}", "api_key": "planted"}`).slice(-26)).toBe(
      '", "api_key": "[redacted]"}'.slice(-26)
    )
  })

  it("finds the values to look for elsewhere", () => {
    expect(secretsIn({ url: "http://x", api_key: "planted", deep: { passwords: [], password: "other" } })).toEqual([
      "planted",
      "other"
    ])
    expect([...secretsInText("run --api-key planted-1\n{'HF_TOKEN': 'planted-2'}")].sort()).toEqual([
      "planted-1",
      "planted-2"
    ])
  })
})

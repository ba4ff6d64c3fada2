import { expect, test } from "vitest"
import { readBackendSpec } from "./backendSpec.ts"

test.each([
  ["jax=http://127.0.0.1:30000", { name: "jax", url: "http://127.0.0.1:30000" }],
  ["j=sglang-jax:http://127.0.0.1:9", { name: "j", adapter: "sglang-jax", url: "http://127.0.0.1:9" }],
  ["a=mock:bf16,seed=2,grid=false", { name: "a", adapter: "mock", scenario: "bf16", seed: 2, grid: false }]
])("%s", (spec, body) => expect(readBackendSpec(spec)).toEqual({ ok: true, body }))

test.each(["", "jax", "=http://x", "jax=127.0.0.1:30000 x"])("%j is refused with an example", (spec) => {
  const read = readBackendSpec(spec)
  expect(read.ok ? "" : read.problem).toMatch(/NAME=/)
})

import { expect, it } from "vitest"
import { modeVariable } from "./adapterMode.ts"

it.each([
  ["sglang-jax", "STUDIO_SGLANG_JAX_ADAPTER_MODE"],
  ["sglang-pytorch", "STUDIO_SGLANG_PYTORCH_ADAPTER_MODE"],
  ["mock", "STUDIO_MOCK_ADAPTER_MODE"]
])("the mode of %s is read from %s", (adapter, variable) => {
  expect(modeVariable(adapter)).toBe(variable)
})

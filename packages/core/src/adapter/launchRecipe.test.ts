import { expect, test } from "vitest"
import { readLaunchRecipe } from "./launchRecipe.ts"

test("everything may be left out", () => {
  expect(readLaunchRecipe({})).toEqual({ args: {}, env: {}, readyTimeoutMs: 600_000 })
})

test("a whole recipe", () => {
  expect(
    readLaunchRecipe({
      args: {
        dtype: "float32",
        "max-total-tokens": 2048,
        disable_radix_cache: true,
        "skip-x": null,
        "lora-paths": ["a", "b"]
      },
      env: { JAX_PLATFORMS: "cpu", OMP_NUM_THREADS: 2 },
      ready_timeout: "90s"
    })
  ).toEqual({
    args: {
      dtype: "float32",
      "max-total-tokens": 2048,
      disable_radix_cache: true,
      "skip-x": null,
      "lora-paths": ["a", "b"]
    },
    env: { JAX_PLATFORMS: "cpu", OMP_NUM_THREADS: "2" },
    readyTimeoutMs: 90_000
  })
})

test.each([
  ["yes", []],
  [{ arguments: {} }, ["arguments"]],
  [{ ready_timeout: "soon" }, ["ready_timeout"]],
  [{ ready_timeout: 0 }, ["ready_timeout"]],
  [{ args: ["--dtype"] }, ["args"]],
  [{ args: { "--dtype": "float32" } }, ["args", "--dtype"]],
  [{ args: { dtype: { a: 1 } } }, ["args", "dtype"]],
  [{ env: { A: null } }, ["env", "A"]]
])("%j is refused with its place", (setting, path) => {
  expect(readLaunchRecipe(setting)).toMatchObject({ path, message: expect.stringMatching(/^(Expected|Unknown)/) })
})

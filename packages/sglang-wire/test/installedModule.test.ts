import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { installedModule } from "../src/bench/interpreter.ts"
import { testContext } from "../src/testing/index.ts"

const folder = mkdtempSync(join(tmpdir(), "studio-modules-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A Python path with these files. An import of the package would fail: it takes seconds, and nobody may need it. */
const source = (name: string, ...files: readonly string[]): string => {
  const root = join(folder, name)
  for (const file of ["sglang/__init__.py", ...files]) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), "raise ImportError('nobody asked for an import')\n")
  }
  return root
}
const names = ["sglang.benchmark.serving", "sglang.bench_serving"] as const
const pick = async (python: string, root: string) => {
  await using lent = testContext()
  return await installedModule(names, python, { url: "http://127.0.0.1:9", source: root }, lent.context)
}

/** The program itself, not a shim that needs an environment. */
const python = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim()

describe.skipIf(!python)("with a real Python", () => {
  test.each([
    ["both names: the new one", ["sglang/benchmark/serving.py", "sglang/bench_serving.py"], names[0]],
    ["only the old name", ["sglang/bench_serving.py"], names[1]],
    ["neither: the oldest, whose own complaint says what is missing", [], names[1]]
  ])("%s", async (name, files, wanted) => {
    expect(await pick(python, source(name.slice(0, 4), ...files))).toBe(wanted)
  })
})

test("one name needs no look", async () => {
  await using lent = testContext()
  const only = ["sgl_jax.bench_serving"] as const
  expect(await installedModule(only, "/no/such", { url: "http://127.0.0.1:9" }, lent.context)).toBe(only[0])
  expect(lent.spawned).toEqual([])
})

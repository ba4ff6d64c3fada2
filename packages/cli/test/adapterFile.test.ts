import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

const configured = (adapter: string): string => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, "studio.config.json"),
    JSON.stringify({ adapters: [adapter], backends: { q: { adapter: "quiet", speed: 1 } } })
  )
  return folder
}

test("an adapter that is no file is told by its whole path, with where paths begin", () => {
  const folder = configured("./nope.ts")
  const { status, json } = studio(folder, ["adapters", "list", "--json"])
  expect(status).toBe(2)
  expect(json().error).toMatchObject({
    code: "invalid-config",
    message: `The adapter "./nope.ts" is not there: ${join(folder, "nope.ts")}.`,
    hint: expect.stringContaining("the folder of the config file")
  })
})

test("what an adapter says of its settings ends with one full stop", () => {
  const folder = configured("./quiet.ts")
  writeFileSync(join(folder, "quiet.ts"), quiet)
  const { status, json } = studio(folder, ["generate", "--backend", "q", "--prompt", "a", "--json"])
  expect(status).toBe(2)
  expect(json().error.message).toMatch(/quiet: speed: Unknown setting; known are url and pace\.$/)
})

test.each([
  ["a second document", "backends: {}\n---\nbackends: {}\n", "line 2: a second document begins here"],
  ["depths", `backends: {}\na: ${"[".repeat(5000)}\n`, "line 2: nested too deep; write it flatter"],
  ["an alias of nothing", "backends:\n  q: *q\n", "line 2: *q stands for nothing"],
  ["a loop", "backends:\n  q: &q { adapter: mock, b: *q }\n", "line 2: *q stands for what it is a part of"],
  ["no number", "backends:\n  q: { adapter: mock, seed: .nan }\n", "line 2: a setting is NaN; write a finite number"]
])("a config that is YAML and no plain document: %s", (_, text, told) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, "studio.config.yaml"), text)
  const { status, json } = studio(folder, ["adapters", "list", "--json"])
  expect(status).toBe(2)
  expect(json().error).toMatchObject({ code: "invalid-config", message: expect.stringContaining(told) })
})

const quiet = `export default {
  api: 1,
  name: "quiet",
  version: "1.0.0",
  supports: { operations: [], entrypoints: [], masks: [] },
  config: { "~standard": { version: 1, vendor: "test", validate: () => ({ issues: [{ message: "Unknown setting; known are url and pace.", path: ["speed"] }] }) } },
  open: async () => ({})
}
`

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

const root = join(import.meta.dirname, "../../..")

/** A folder with the examples in it, as in the repository. */
const withExamples = (): string => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, "examples"))
  cpSync(join(root, "examples/suites"), join(cwd, "examples/suites"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules")
  })
  return cwd
}

const withSuite = (text: string): string => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "suite.yaml"), text)
  return cwd
}

describe("the examples", () => {
  const suites = readdirSync(join(root, "examples/suites")).filter((name) => /\.(?:yaml|ts)$/u.test(name))

  test.each(suites)("%s is planned", (name) => {
    const cwd = withExamples()
    const servers = Object.fromEntries(
      [
        ["pt", "sglang-pytorch", 30001],
        ["jax", "sglang-jax", 30000]
      ].map(([backend, adapter, port]) => [
        backend,
        { adapter, url: `http://127.0.0.1:${port}`, python: "python3", model: "model", launch: { args: {} } }
      ])
    )
    writeFileSync(join(cwd, "studio.config.json"), JSON.stringify({ backends: servers }))
    const { status, stderr, json } = studio(cwd, ["plan", `examples/suites/${name}`, "--json"])
    expect(status, stderr).toBe(0)
    const { runs, skipped } = json().plan
    expect(runs.length).toBeGreaterThan(0)
    expect(skipped).toEqual([])
  })

  test("the same suite gives the same bytes", () => {
    const plan = () => studio(withExamples(), ["plan", "examples/suites/mock-2x2.yaml", "--json"]).stdout
    expect(plan()).toBe(plan())
  })

  test("a module imports defineSuite where only the CLI is installed", () => {
    const { status, stdout } = studio(withExamples(), ["plan", "examples/suites/typed.ts"])
    expect(status).toBe(0)
    expect(stdout).toContain("suite typed  seed 1\n30 runs in 5 blocks")
  })
})

test("a plan as text", () => {
  const cwd = withSuite(`suite: small
backends: [a=mock:clean, "b=mock:clean,seed=2"]
cases:
  - { name: random, benchmark: serving, set: { max-concurrency: "\${concurrency}" } }
  - { name: other, benchmark: prefill }
matrix: { axes: { concurrency: [1, 16] } }
repeats: 3
warmup: 1
budget: { runs: 12 }
`)
  expect(studio(cwd, ["plan", "suite.yaml"]).stdout).toMatchInlineSnapshot(`
    "suite small  seed 1
    12 runs in 2 blocks, 4 of them warm-up; time not known: no earlier campaign of this suite

    block 1
      1-2  random  concurrency=1   a b  warm-up
      3-4  random  concurrency=1   a b
      5-6  random  concurrency=16  a b  warm-up
      7-8  random  concurrency=16  a b

    block 2
      1-2  random  concurrency=16  b a
      3-4  random  concurrency=1   b a

    skipped
      a has no entrypoint "prefill"; it has serving, load, offline-throughput, one-batch-server, one-batch
        other/a
      b has no entrypoint "prefill"; it has serving, load, offline-throughput, one-batch-server, one-batch
        other/b
      beyond the budget of 12 runs
        random/concurrency=16/a/3
        random/concurrency=16/b/3
        random/concurrency=1/a/3
        random/concurrency=1/b/3
    "
  `)
})

test("planning adds no backend and stores no run", () => {
  const cwd = withExamples()
  studio(cwd, ["plan", "examples/suites/mock-2x2.yaml"])
  expect(studio(cwd, ["bench", "serving", "--backend", "base", "--json"]).json().error.code).toBe("unknown-backend")
  expect(studio(cwd, ["runs", "list", "--json"]).json().items).toEqual([])
})

describe("what cannot be planned", () => {
  const suite = "suite: s\nbackends: [a, b]\ncases: [{ name: x, benchmark: serving }]\n"
  const errorOf = (cwd: string, ...args: readonly string[]) => {
    const { status, json } = studio(cwd, ["plan", ...args, "--json"])
    expect(status).toBe(2)
    return json().error
  }

  test("a suite with mistakes", () =>
    expect(errorOf(withSuite("suite: s\ncases: [{ nam: x, benchmark: serving }]\nrepeats: 0\n"), "suite.yaml"))
      .toMatchInlineSnapshot(`
      {
        "code": "invalid-suite",
        "hint": "docs/suites.md describes every field; \`studio plan --schema\` prints the JSON Schema.",
        "message": "The suite has 2 mistakes:
        suite.yaml:2:11: cases.0.nam: unknown field; did you mean name?
        suite.yaml:3:10: repeats: Expected a whole number from 1, found 0",
        "path": "cases.0.nam",
      }
    `))
  test("backends that nobody knows", () =>
    expect(errorOf(withSuite(suite), "suite.yaml")).toMatchInlineSnapshot(`
      {
        "code": "unknown-backend",
        "hint": "None is configured; add it to \`backends\` of studio.config.yaml, or write a=URL or a=ADAPTER:URL.",
        "message": "There is no backend "a".",
        "path": "backend",
      }
    `))
  test("no backends", () =>
    expect(errorOf(withSuite(suite.replace("backends: [a, b]\n", "")), "suite.yaml")).toMatchInlineSnapshot(`
      {
        "code": "invalid-request",
        "hint": "Name one with --backend, or in the suite's \`backends\`.",
        "message": "The suite names no backend.",
        "path": "backends",
      }
    `))
  test("a baseline that is not there", () =>
    expect(errorOf(withSuite(suite), "suite.yaml", "--backend", "a=mock:clean", "--against", "main"))
      .toMatchInlineSnapshot(`
      {
        "code": "unknown-baseline",
        "hint": "It has none; make one of a campaign with \`studio baseline promote CAMPAIGN --name main\`.",
        "message": "The suite "s" has no baseline "main".",
        "path": "against",
      }
    `))
  test("no suite", () =>
    expect(errorOf(temporaryFolder())).toMatchInlineSnapshot(`
    {
      "code": "usage",
      "hint": "studio plan SUITE, or studio plan --schema for what a suite may hold",
      "message": "Which suite?",
      "path": "suite",
    }
  `))
})

describe("a suite that is a module", () => {
  const planned = (code: string) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, "suite.mjs"), `export default ${code}`)
    return studio(cwd, ["plan", "suite.mjs", "--json"])
  }
  const cases = '[{ name: "a", generate: { prompt: "p" }, timeout: undefined }]'

  test("may leave a field undefined", () => {
    const { status, json } = planned(`{ suite: "s", seed: undefined, backends: ["a=mock:clean"], cases: ${cases} }`)
    expect(status).toBe(0)
    expect(json().plan.runs).toHaveLength(5)
  })

  test.each([
    ["() => ({})", "the default export is a function, not plain data."],
    [`{ suite: "s", seed: 10n, cases: ${cases} }`, "seed is a bigint, not plain data."],
    ['{ suite: "s", cases: [{ name: "a", generate: { prompt: () => "p" } }] }', "prompt is a function, not plain data."]
  ])("%s is refused as what it is", (code, message) => {
    const { status, json } = planned(code)
    expect(status).toBe(2)
    expect(json().error).toMatchObject({ code: "invalid-suite", message: `suite.mjs: ${message}` })
  })
})

test("--schema prints the JSON Schema", () => {
  const schema = studio(temporaryFolder(), ["plan", "--schema"]).json()
  expect(schema).toEqual(JSON.parse(readFileSync(join(root, "packages/core/suite.schema.json"), "utf8")))
})

/** Commands of the guide with what it says that they print: lines, in their order, by their beginnings. */
describe("the guide to suites", () => {
  const guide = readFileSync(join(root, "docs/suites.md"), "utf8")
  const lines = (block: string): readonly string[] => block.split("\n").filter((line) => line !== "")
  const steps = [...guide.matchAll(/```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/gu)]

  test.each(steps.map(([, commands = "", printed = ""]) => [lines(commands), lines(printed)] as const))(
    "%s",
    (commands, printed) => {
      const cwd = withExamples()
      const told = commands.flatMap((command) => {
        const [program, ...args] = command.split(" ")
        expect(program).toBe("studio")
        const { status, stdout, stderr } = studio(cwd, [...args, "--quiet"])
        expect(status, `${command}\n${stderr}`).toBe(0)
        return lines(stdout)
      })
      let from = 0
      for (const wanted of printed) {
        const at = told.findIndex((line, index) => index >= from && line.startsWith(wanted))
        expect(at, `${wanted}\nis not in\n${told.slice(from).join("\n")}`).toBeGreaterThanOrEqual(0)
        from = at + 1
      }
    }
  )

  test("shows a suite in which nothing but its files is missing", () => {
    const cwd = temporaryFolder()
    const [, file = ""] = /```yaml\n(suite:[\s\S]*?)```/u.exec(guide) ?? []
    writeFileSync(join(cwd, "suite.yaml"), file)
    const { message } = studio(cwd, ["plan", "suite.yaml", "--json"]).json().error
    expect(message.replaceAll(/suite\.yaml:\d+:\d+: cases\.\d\.\w+\./gu, "")).toMatchInlineSnapshot(`
      "The suite has 3 mistakes:
        query_file: there is no file query.txt beside the suite
        items_file: there is no file items.txt beside the suite
        prompts_file: there is no file prompts.jsonl beside the suite"
    `)
  })
})

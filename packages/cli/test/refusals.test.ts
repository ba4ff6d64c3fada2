import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

/** The exit code and the error of a command that must store nothing. */
const refused = (cwd: string, args: readonly string[]) => {
  const { status, json } = studio(cwd, [...args, "--json"])
  return { status, ...json().error }
}

describe("cases add", () => {
  test.each([
    ["a case without a name", ["", "--prompt", "x"], "name"],
    ["a case with an empty prompt", ["n", "--prompt", ""], "prompt"]
  ])("refuses %s", (_, args, path) => {
    const cwd = temporaryFolder()
    expect(refused(cwd, ["cases", "add", ...args])).toMatchObject({ status: 2, code: "invalid-request", path })
    expect(studio(cwd, ["cases", "list", "--json"]).json()).toEqual({ items: [] })
  })
})

describe("runs list", () => {
  test.each([
    ["--status", "foo", "status", /queued, starting, running, succeeded/],
    ["--kind", "foo", "kind", /score, generate, benchmark/],
    ["--provenance", "mocky", "provenance", /real, mock, mock-fallback, unknown/],
    ["--since", "yesterday", "since", /2026-01-31/],
    ["--since", "2026-13-99", "since", /2026-01-31/]
  ])("refuses %s %s and says what there is", (flag, value, path, known) => {
    const error = refused(temporaryFolder(), ["runs", "list", flag, value])
    expect(error).toMatchObject({ status: 2, code: "invalid-request", path, message: expect.stringMatching(known) })
    expect(error.message).toContain(JSON.stringify(value))
  })
})

const question = ["--query", "Q", "--item", " x", "--label", " yes"]

describe("backends", () => {
  const namesakes = ["--backend", "a=mock:clean", "--backend", "a=mock:perturbed"]

  test.each([
    ["score", question],
    ["generate", ["--prompt", "x"]],
    ["bench serving", []],
    ["parity", []]
  ])("%s refuses two of one name", (verb, rest) => {
    const cwd = temporaryFolder()
    const error = refused(cwd, [...verb.split(" "), ...namesakes, ...rest])
    expect(error).toMatchObject({ status: 2, code: "invalid-request", message: 'The backend "a" is named twice.' })
    expect(studio(cwd, ["runs", "list", "--json"]).json().items).toEqual([])
  })

  test("a mistyped flag is told before what is missing", () => {
    expect(refused(temporaryFolder(), ["score", "--bogus"])).toMatchObject({
      status: 2,
      message: expect.stringContaining("--bogus")
    })
    expect(refused(temporaryFolder(), ["score", ...question])).toMatchObject({ status: 2, path: "backend" })
  })
})

describe("--items-file", () => {
  const scored = (text: string) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, "items.txt"), text)
    return {
      cwd,
      args: ["score", "--backend", "a=mock:clean", "--query", "Q", "--items-file", "items.txt", "--label", " yes"]
    }
  }

  test("that begins as a JSON array and is none is refused, with the place", () => {
    const { cwd, args } = scored('["a", "b"\n')
    const error = refused(cwd, args)
    expect(error).toMatchObject({ status: 2, path: "--items-file" })
    expect(error.message).toMatch(/items\.txt begins as a JSON array and is none: .*position 9/)
  })

  test("whose lines begin with a bracket is lines", () => {
    const { cwd, args } = scored("[INST] hello\n[1] A footnote\n")
    const { runs } = studio(cwd, [...args, "--json"]).json()
    expect(runs[0].request.score.items).toEqual(["[INST] hello", "[1] A footnote"])
  })
})

import { expect, test } from "vitest"
import { readYaml } from "./locate.ts"
import { resolveSuite } from "./readSuite.ts"

const told = (text: string): readonly string[] =>
  readYaml(text).mistakes.map(({ place: { line, column }, message }) => `${line}:${column}: ${message}`)

test("a second document", () => {
  expect(told("---\nsuite: a\n...\n")).toEqual([])
  expect(told("suite: a\n---\nsuite: b\n")).toEqual([
    "2:1: a second document begins here; a file is one: remove this `---` or what follows it"
  ])
})

test("depths, as one mistake, whether the parser gets to their end or not", () => {
  const nested = (levels: number) => told(`a: ${"[".repeat(levels)}${"]".repeat(levels)}\n`)
  expect(nested(99)).toEqual([])
  expect(nested(101)).toEqual(["1:104: nested deeper than 100 levels; write it flatter"])
  expect(nested(20_000)).toEqual([expect.stringMatching(/^1:\d+: nested deeper than 100 levels; write it flatter$/u)])
})

test("aliases that stand for nothing, for what they are in, or for too much", () => {
  expect(told("a: &x 1\nb: *x\n")).toEqual([])
  expect(told("a: b\nc: *nothing\n")).toEqual(["2:4: *nothing stands for nothing; name a value &nothing before it"])
  expect(told("a: *late\nb: &late 1\n")).toEqual(["1:4: *late stands for nothing; name a value &late before it"])
  expect(told("a: &all { b: [*all] }\n")).toEqual([
    "1:15: *all stands for what it is a part of; write out what is meant"
  ])
  const levels = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${"*aN,".repeat(9).replaceAll("N", String(level))}]`
  )
  expect(told(`a0: &a0 [x,x,x]\n${levels.join("\n")}\nsuite: *a9\n`)).toEqual([
    "2:10: the aliases from here on stand for too much; write out what they repeat"
  ])
})

test("numbers that JSON does not have are told as they are written", async () => {
  const { json } = readYaml("suite: a\ncases: [{ name: a, benchmark: serving, set: { x: .nan } }]\nrepeats: -.inf\n")
  const refused = await resolveSuite(json, ".").catch((error: Error) => error.message)
  expect(refused).toContain("cases.0.set.x: Expected a finite number, found .nan, which JSON does not have")
  expect(refused).toContain("repeats: Expected an integer, found -.inf, which JSON does not have")
})

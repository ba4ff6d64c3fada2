import * as Effect from "effect/Effect"
import { existsSync } from "node:fs"
import { readFile, realpath, stat } from "node:fs/promises"
import { basename, dirname, extname, isAbsolute, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Suite } from "../../domain/suite.ts"
import { type Document, documentOf, readDocument } from "../../suiteFile/Document.ts"
import { filesNamedIn, type NamedFile } from "../../suiteFile/namedFiles.ts"
import type { Problem } from "../../suiteFile/Problem.ts"
import { readSuiteFile } from "../../suiteFile/readSuiteFile.ts"
import { toSuite } from "../../suiteFile/toSuite.ts"
import type { SuiteSource } from "../Studio.ts"
import { StudioError } from "../StudioError.ts"

/**
 * Reads a suite where a path is given, and the files that it names, so that nothing of it changes while it is run.
 * Fails with `StudioError` `invalid-suite` that tells everything that is wrong, each with its place.
 */
export const suiteOf = (source: SuiteSource): Effect.Effect<Suite, StudioError> =>
  Effect.gen(function* () {
    const path = typeof source === "string" ? source : null
    const folder = path === null ? process.cwd() : dirname(resolve(path))
    const document = typeof source === "string" ? yield* load(source) : documentOf(source)
    const refuse = (problems: readonly Problem[]) => Effect.fail(invalid(path, document, problems))

    const file = readSuiteFile(document.value)
    if (file.kind === "refused") return yield* refuse(file.problems)
    const mentions = new Set(filesNamedIn(file.value).map((mention) => mention.file))
    const files = yield* Effect.forEach([...mentions], (name) =>
      Effect.map(
        Effect.promise(() => readNamed(folder, name)),
        (read) => [name, read] as const
      )
    )
    const suite = toSuite(file.value, new Map(files))
    return suite.kind === "refused" ? yield* refuse(suite.problems) : suite.value
  })

const modules: readonly string[] = [".ts", ".mts", ".mjs", ".js"]

const load = Effect.fnUntraced(function* (path: string) {
  if (modules.includes(extname(path))) {
    const module = yield* Effect.tryPromise({
      try: () => import(pathToFileURL(resolve(path)).href) as Promise<{ readonly default?: unknown }>,
      catch: (error) => unreadable(path, (error as Error).message)
    })
    return documentOf(module.default)
  }
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => unreadable(path, (error as Error).message)
  })
  const document = readDocument(text)
  const [first] = document.problems
  return first === undefined ? document : yield* Effect.fail(unreadable(`${path}:${first.at}`, first.message))
})

const mostBytes = 64 * 1024 * 1024

/** A file beside the suite: what lies outside of its repository (of its folder, where it is in none) is left alone. */
const readNamed = async (folder: string, name: string): Promise<NamedFile> => {
  if (isAbsolute(name)) return { problem: "is an absolute path; give it from the folder of the suite" }
  try {
    const path = await realpath(resolve(folder, name))
    const home = await realpath(homeOf(folder))
    if (relative(home, path).startsWith("..")) return { problem: `lies outside of ${basename(home)}; copy it into it` }
    if ((await stat(path)).size > mostBytes) return { problem: "is larger than 64 MB; split it" }
    return { text: await readFile(path, "utf8") }
  } catch (error) {
    return { problem: `cannot be read: ${(error as Error).message}` }
  }
}

const homeOf = (folder: string): string => {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(resolve(above, ".git"))) return above
    if (dirname(above) === above) return folder
  }
}

const unreadable = (path: string, problem: string): StudioError =>
  new StudioError({
    code: "invalid-suite",
    message: `The suite ${path} cannot be read: ${problem}`,
    hint: "docs/suites.md shows a suite file; `studio plan --schema` prints what it may hold.",
    path: "suite"
  })

const invalid = (path: string | null, document: Document, problems: readonly Problem[]): StudioError => {
  const lines = problems.map((problem) => {
    const place = document.locate(problem.path)
    const where = path === null ? "" : `${path}${place === "" ? "" : `:${place}`} `
    return `${where}${problem.path === "" ? "" : `${problem.path}: `}${problem.message}`
  })
  return new StudioError({
    code: "invalid-suite",
    message: lines.length === 1 ? (lines[0] ?? "") : `${lines.length} problems:\n  ${lines.join("\n  ")}`,
    hint: "docs/suites.md shows a suite file; `studio plan --schema` prints what it may hold.",
    path: problems[0]?.path === "" ? "suite" : problems[0]?.path
  })
}

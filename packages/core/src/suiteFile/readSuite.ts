import { readFile, stat } from "node:fs/promises"
import { dirname, isAbsolute, join, resolve } from "node:path"
import type { Suite } from "../domain/suite.ts"
import { buildSuite } from "./buildSuite.ts"
import { checkCases } from "./checkCases.ts"
import { checkMatrix } from "./checkMatrix.ts"
import { checkGates } from "./gates.ts"
import { fileProblems, namedFiles, type NamedFile } from "./namedFiles.ts"
import { readShape } from "./readShape.ts"
import { SuiteError, type SuiteMistake, type SuiteProblem } from "./SuiteProblem.ts"
import { loadDocument } from "./loadDocument.ts"
import { readYaml, type Located } from "./locate.ts"
import { isWithin, projectOf } from "./project.ts"

/**
 * Reads a suite file, YAML, JSON or a module whose default export is the suite, with everything that it names. Throws
 * `SuiteError`, which tells every mistake at once, each with its place. A module outside of the project that one works in
 * is never executed.
 */
export const readSuite = async (path: string): Promise<Suite> => {
  return resolveLocated(await loadDocument(path), dirname(resolve(path)), path)
}

/** The same of a text, YAML or JSON; what it names is found beside `folder`. */
export const readSuiteText = async (text: string, folder: string): Promise<Suite> =>
  resolveLocated(readYaml(text), folder, null)

/** The suite of a document that has no text. */
export const resolveSuite = async (json: unknown, folder: string): Promise<Suite> =>
  resolveLocated({ json, locate: () => null, mistakes: [] }, folder, null)

const resolveLocated = async (
  { json, locate, mistakes }: Located,
  folder: string,
  source: string | null
): Promise<Suite> => {
  if (mistakes.length > 0)
    throw refused(
      mistakes.map((mistake) => ({ ...mistake, path: "" })),
      source
    )
  const { file, problems } = readShape(json)
  const further = file === null ? [] : [...checkCases(file), ...checkMatrix(file), ...checkGates(file)]
  const files = await Promise.all((file === null ? [] : namedFiles(file)).map((named) => readNamed(named, folder)))
  const all = [...problems, ...further, ...files.flatMap((read) => read.problems)]
  if (file !== null && all.length === 0)
    return buildSuite(file, Object.fromEntries(files.map(({ name, text }) => [name, text])))
  throw refused(
    all.map(({ at, on, within, message }) => ({
      path: at.join("."),
      message: within === undefined ? message : `${within}: ${message}`,
      place: locate(at, on ?? "value")
    })),
    source
  )
}

interface ReadFile {
  readonly name: string
  readonly text: string
  readonly problems: readonly SuiteProblem[]
}

const mostBytes = 64 * 1024 * 1024

/** Files outside of the project could hold anything, and a suite's texts are sent to servers. */
const readNamed = async (named: NamedFile, folder: string): Promise<ReadFile> => {
  const { at, name } = named
  const wrong = (message: string): ReadFile => ({ name, text: "", problems: [{ at, message }] })
  if (isAbsolute(name) || !isWithin(projectOf(folder), join(folder, name)))
    return wrong(`${name} is outside of the project; name a file in it, relative to the suite`)
  try {
    if ((await stat(join(folder, name))).size > mostBytes) return wrong(`${name} is larger than 64 MB; split it`)
    const content = await readFile(join(folder, name), "utf8")
    return { name, text: content, problems: fileProblems(named, content) }
  } catch (error) {
    return wrong(
      (error as NodeJS.ErrnoException).code === "ENOENT"
        ? `there is no file ${name} beside the suite`
        : `${name} cannot be read: ${(error as Error).message}`
    )
  }
}

/** A wrong name in a file of a thousand lines is one mistake to a person. */
const mostTold = 20

const refused = (mistakes: readonly SuiteMistake[], source: string | null): SuiteError => {
  const head = mistakes.length === 1 ? "The suite has a mistake" : `The suite has ${mistakes.length} mistakes`
  const lines = mistakes.slice(0, mostTold).map((mistake) => `\n  ${tell(mistake, source)}`)
  if (mistakes.length > mostTold) lines.push(`\n  … and ${mistakes.length - mostTold} more`)
  return new SuiteError(`${head}:${lines.join("")}`, mistakes[0]?.path || "suite", mistakes)
}

/** `nightly.yaml:12:5: gates.0.max_regression: Expected …` */
const tell = ({ path, message, place }: SuiteMistake, source: string | null): string => {
  const where = [source, place?.line, place?.column].filter((part) => part != null).join(":")
  return [where, path, message].filter((part) => part !== "").join(": ")
}

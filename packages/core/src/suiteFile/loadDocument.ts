import { existsSync } from "node:fs"
import { readFile, stat } from "node:fs/promises"
import { extname, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { SuiteError } from "./SuiteProblem.ts"
import { readYaml, type Located } from "./locate.ts"
import { isWithin, projectOf } from "./project.ts"

/** Reads a file as the document that it is; a module gives its default export. Throws `SuiteError`. */
export const loadDocument = async (path: string): Promise<Located> => {
  if (!existsSync(path)) throw new SuiteError(`There is no suite file ${path}.`, "suite")
  if ([".yaml", ".yml", ".json"].includes(extname(path))) return readYaml(await text(path))
  if (![".ts", ".mts", ".mjs", ".js"].includes(extname(path)))
    throw new SuiteError(`${path} is no suite file: its name ends in .yaml, .yml, .json, .ts or .mjs.`, "suite")
  if (!isWithin(projectOf(process.cwd()), path))
    throw new SuiteError(
      `${path} is outside of the project ${projectOf(process.cwd())}, so that its code is not executed; copy it there, or write it as YAML.`,
      "suite"
    )
  const { mtimeMs } = await stat(path)
  const module = (await import(`${pathToFileURL(resolve(path)).href}?at=${mtimeMs}`).catch((error: Error) => {
    throw new SuiteError(`${path} cannot be loaded: ${error.message}`, "suite")
  })) as { readonly default?: unknown }
  if (module.default === undefined)
    throw new SuiteError(`${path} has no default export; write \`export default defineSuite({ … })\`.`, "suite")
  return { json: plain(module.default, path), locate: () => null, mistakes: [] }
}

/** What a module gives, as the JSON that it must be able to become: a field that is undefined is left out. */
const plain = (value: unknown, path: string): unknown => {
  const refuse = (field: string, what: string): never => {
    throw new SuiteError(`${path}: ${field === "" ? "the default export" : field} is ${what}, not plain data.`, "suite")
  }
  try {
    const json = JSON.stringify(value, (field, one: unknown) =>
      ["function", "bigint", "symbol"].includes(typeof one) ? refuse(field, `a ${typeof one}`) : one
    )
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SuiteError) throw error
    throw new SuiteError(`${path} is not plain data: ${(error as Error).message}`, "suite")
  }
}

const text = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    throw new SuiteError(`${path} cannot be read: ${(error as Error).message}`, "suite")
  }
}

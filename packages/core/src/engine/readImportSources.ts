import { lstat, readdir, readFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import type { ImportSource } from "../adapter/Adapter.ts"
import type { ImportReport } from "./Studio.ts"
import { StudioError } from "./StudioError.ts"

/** Something that may be one foreign result, or a reason why it is not. */
export type Found =
  | { readonly _tag: "source"; readonly path: string; readonly source: ImportSource }
  | ({ readonly _tag: "skipped" } & ImportReport["skipped"][number])

/**
 * Walks a file or a folder. A folder that holds a run's `command.txt`, `stdout.txt` or `result.jsonl` is one source;
 * of other folders every subfolder and every result file by itself. Rejects with `StudioError` `not-found`.
 */
export const readImportSources = async (path: string): Promise<readonly Found[]> => {
  const stat = await lstat(path).catch(() => null)
  if (stat === null)
    throw new StudioError({
      code: "not-found",
      message: `There is no file or folder ${path}.`,
      hint: "Check the path.",
      path: "paths"
    })
  return stat.isDirectory() ? walk(path, 0) : [await readSource(path, [path])]
}

const walk = async (folder: string, depth: number): Promise<readonly Found[]> => {
  if (depth > deepest) return [skipped(folder, `lies deeper than ${deepest} folders`)]
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  // Links could lead out of what the user named.
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  if (files.some((name) => marks.has(name)))
    return [
      await readSource(
        folder,
        files.map((name) => join(folder, name))
      )
    ]
  const found: Found[] = []
  for (const name of files)
    if (isResultFile(name)) found.push(await readSource(join(folder, name), [join(folder, name)]))
  for (const entry of entries) if (entry.isDirectory()) found.push(...(await walk(join(folder, entry.name), depth + 1)))
  return found
}

const readSource = async (path: string, files: readonly string[]): Promise<Found> => {
  try {
    const texts: { readonly name: string; readonly text: string }[] = []
    for (const file of files) {
      const { size } = await lstat(file)
      if (size > largestBytes)
        return skipped(path, `${basename(file)} is larger than ${largestBytes / 1024 / 1024} MiB`)
      const text = await readText(file)
      if (text !== null) texts.push({ name: basename(file).replace(/\.gz$/u, ""), text })
    }
    return texts.length === 0
      ? skipped(path, "it holds no text")
      : { _tag: "source", path, source: { name: basename(path), files: texts } }
  } catch (error) {
    return skipped(path, `it cannot be read (${String(error)})`)
  }
}

/** Null for what is no text. */
const readText = async (file: string): Promise<string | null> => {
  const bytes = await readFile(file)
  const plain = file.endsWith(".gz") ? await promisify(gunzip)(bytes, { maxOutputLength: largestBytes }) : bytes
  return plain.subarray(0, 8192).includes(0) ? null : plain.toString("utf8")
}

const skipped = (path: string, reason: string): Found => ({ _tag: "skipped", path, line: null, reason })

const isResultFile = (name: string): boolean => /\.(?:jsonl?|json\.gz)$/u.test(name)
const marks = new Set(["command.txt", "stdout.txt", "result.jsonl"])
const largestBytes = 64 * 1024 * 1024
const deepest = 8

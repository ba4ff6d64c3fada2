import { lstat, readdir, readFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import type { ImportSource } from "../adapter/Adapter.ts"
import { StudioError } from "./StudioError.ts"

/** Files that may be one foreign result (`path` is their folder, or the only one of them), or why they are not read. */
export type Found = { readonly path: string } & ({ readonly files: readonly string[] } | { readonly reason: string })

/**
 * Walks a file or a folder. A folder that holds a run's `command.txt`, `stdout.txt` or `result.jsonl` is one source;
 * of other folders every subfolder and every result file by itself. Rejects with `StudioError` `not-found`.
 */
export const findImportSources = async (path: string): Promise<readonly Found[]> => {
  const stat = await lstat(path).catch(() => null)
  if (stat === null)
    throw new StudioError({
      code: "not-found",
      message: `There is no file or folder ${path}.`,
      hint: "Check the path.",
      path: "paths"
    })
  if (!stat.isDirectory()) return [{ path, files: [path] }]
  const found = await walk(path, 0)
  return found.length > 0 ? found : [{ path, reason: "it holds no result file (.jsonl, .json or .json.gz)" }]
}

const walk = async (folder: string, depth: number): Promise<readonly Found[]> => {
  if (depth > deepest) return [{ path: folder, reason: `lies deeper than ${deepest} folders` }]
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  // Links could lead out of what the user named.
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  if (files.some((name) => marks.has(name))) return [{ path: folder, files: files.map((name) => join(folder, name)) }]
  const found: Found[] = []
  for (const path of files.filter(isResultFile).map((name) => join(folder, name))) found.push({ path, files: [path] })
  for (const entry of entries) if (entry.isDirectory()) found.push(...(await walk(join(folder, entry.name), depth + 1)))
  return found
}

/** Brings the texts of one source into memory, or says why not. Never rejects. */
export const readImportSource = async (found: Found): Promise<ImportSource | { readonly reason: string }> => {
  if ("reason" in found) return found
  try {
    let size = 0
    const files: { readonly name: string; readonly text: string }[] = []
    for (const file of found.files) {
      size += (await lstat(file)).size
      if (size > largestBytes)
        return { reason: `it has more than ${largestBytes / 1024 / 1024} MiB; import it in parts, a run a line` }
      const text = await readText(file)
      if (text !== null) files.push({ name: basename(file).replace(/\.gz$/u, ""), text })
    }
    return files.length === 0 ? { reason: "it holds no text" } : { name: basename(found.path), files }
  } catch (error) {
    return { reason: `it cannot be read (${String(error)})` }
  }
}

/** Null for what is no text. */
const readText = async (file: string): Promise<string | null> => {
  const bytes = await readFile(file)
  const plain = file.endsWith(".gz") ? await promisify(gunzip)(bytes, { maxOutputLength: largestBytes }) : bytes
  return plain.subarray(0, 8192).includes(0) ? null : plain.toString("utf8").replace(/^\uFEFF/u, "")
}

const isResultFile = (name: string): boolean => /\.(?:jsonl?|json\.gz)$/u.test(name)
const marks = new Set(["command.txt", "stdout.txt", "result.jsonl"])
const largestBytes = 64 * 1024 * 1024
const deepest = 8

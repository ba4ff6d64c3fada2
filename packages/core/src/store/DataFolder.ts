import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

/** Where a store keeps its files: `studio.db`, `artifacts/` and `tmp/`. */
export interface DataFolder {
  readonly path: string
  /** Removes a private folder with everything in it; leaves any other. */
  readonly release: () => void
}

/** One by one: where a file system refuses with ENOENT, as /proc does, Node's recursive way never ends. */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
}

/** Makes what is missing of the folder; `":memory:"` is a private temporary one. */
export const openDataFolder = (dataDir: string): DataFolder => {
  const isPrivate = dataDir === ":memory:"
  const path = isPrivate ? mkdtempSync(join(tmpdir(), "sglang-studio-")) : resolve(dataDir)
  for (const name of ["artifacts", "tmp"]) makeFolder(join(path, name))
  return { path, release: () => (isPrivate ? rmSync(path, { recursive: true, force: true }) : undefined) }
}

import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** Where a store keeps its files: `studio.db`, `artifacts/` and `tmp/`. */
export interface DataFolder {
  readonly path: string
  /** Removes a private folder with everything in it; leaves any other. */
  readonly release: () => void
}

/** Makes what is missing of the folder; `":memory:"` is a private temporary one. */
export const openDataFolder = (dataDir: string): DataFolder => {
  const isPrivate = dataDir === ":memory:"
  const path = isPrivate ? mkdtempSync(join(tmpdir(), "sglang-studio-")) : resolve(dataDir)
  for (const name of ["artifacts", "tmp"]) mkdirSync(join(path, name), { recursive: true })
  return { path, release: () => (isPrivate ? rmSync(path, { recursive: true, force: true }) : undefined) }
}

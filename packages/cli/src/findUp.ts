import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join, resolve } from "node:path"

/**
 * The nearest of `names`, from `start` up to the git root; without one, up to the home folder.
 * Nothing above the git root is ever looked at: code found there is not the user's project.
 */
export function findUp(names: readonly string[], start: string): string | null {
  for (const folder of foldersUp(start))
    for (const name of names) {
      const path = join(folder, name)
      if (existsSync(path)) return path
    }
  return null
}

function foldersUp(start: string): readonly string[] {
  const all: string[] = []
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    all.push(folder)
    if (existsSync(join(folder, ".git")) || folder === homedir()) return all
    // Outside of a repository and of the home folder only the working folder counts.
    if (dirname(folder) === folder) return [resolve(start)]
  }
}

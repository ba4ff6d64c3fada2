import { existsSync, realpathSync } from "node:fs"
import { dirname, isAbsolute, join, relative, resolve } from "node:path"

/** The folder that holds a whole project: the git root above, else the folder itself. Symbolic links are followed. */
export const projectOf = (folder: string): string => {
  const start = realpathSync(folder)
  for (let above = start; ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return above
    if (dirname(above) === above) return start
  }
}

/** Whether a path, of which symbolic links are followed, is below a folder. */
export const isWithin = (folder: string, path: string): boolean => {
  const way = relative(folder, existsSync(path) ? realpathSync(path) : resolve(path))
  return way !== "" && way.split(/[\\/]/u)[0] !== ".." && !isAbsolute(way)
}

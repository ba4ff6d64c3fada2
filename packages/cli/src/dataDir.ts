import { join, resolve } from "node:path"
import { findUp } from "./findUp.ts"

/** `--data` > `STUDIO_HOME` > the nearest `.studio/` > `./.studio`. */
export const dataDir = (option: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string =>
  resolve(cwd, option ?? env.STUDIO_HOME ?? findUp([".studio"], cwd) ?? join(cwd, ".studio"))

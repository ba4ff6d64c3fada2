import { AdapterError, type Context } from "@sglang-studio/core/adapter"
import { constants } from "node:fs"
import { access } from "node:fs/promises"
import type { SglangConfig } from "../config.ts"

/** The interpreter that is set, else the one on the PATH, as in an activated environment. */
export const requireInterpreter = async ({ python = "python3" }: SglangConfig): Promise<string> => {
  if (python.includes("/")) {
    await access(python, constants.X_OK).catch(() => {
      throw new AdapterError({
        reason: "not-installed",
        message: `python: ${python} is not a program on this machine.`,
        hint: "Set `python` of this backend to the interpreter that has the engine installed."
      })
    })
  }
  return python
}

/**
 * Which of a program's names the installed engine has. The package is looked up without importing it, which takes
 * seconds; the exit code tells, so that nothing is printed. The last name is also the answer when none is there: running
 * it says best what is missing.
 */
export const installedModule = async (
  modules: readonly [string, ...string[]],
  python: string,
  config: SglangConfig,
  context: Context
): Promise<string> => {
  const newer = modules.slice(0, -1)
  const oldest = modules.at(-1) ?? modules[0]
  if (newer.length === 0) return oldest
  const env = config.source === undefined ? {} : { PYTHONPATH: config.source }
  const child = context.spawn([python, "-c", finder, ...newer], { env: { ...env } })
  const { code } = await child.exit
  context.signal.throwIfAborted()
  return newer[(code ?? 0) - firstFound] ?? oldest
}

const firstFound = 100

const finder = `
import importlib.util, os, sys
for number, name in enumerate(sys.argv[1:]):
    package, *path = name.split(".")
    spec = importlib.util.find_spec(package)
    roots = spec.submodule_search_locations if spec else []
    if any(os.path.exists(os.path.join(root, *path) + ".py") for root in roots or []):
        sys.exit(${firstFound} + number)
`

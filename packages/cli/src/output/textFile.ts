import { accessSync, constants, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { UsageError } from "./reportError.ts"

/** Refuses a file that cannot be written when there is something to write: asked before hours are spent. */
export function requirePlace(file: string | undefined, option: string): void {
  if (file === undefined) return
  try {
    accessSync(dirname(file), constants.W_OK)
  } catch (error) {
    throw unwritable(file, option, error)
  }
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory()) throw unwritable(file, option, new Error("it is a folder"))
}

export function writeText(file: string, option: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw unwritable(file, option, error)
  }
}

const unwritable = (file: string, option: string, error: unknown): UsageError =>
  new UsageError(
    `${option} ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    "Give a file in a folder that is there.",
    { path: option.replace(/^--/, "") }
  )

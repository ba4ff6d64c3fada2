import { readFileSync } from "node:fs"
import { dirname, extname, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { BackendConfig } from "@sglang-studio/core"
import { findUp } from "./findUp.ts"
import { UsageError } from "./output/reportError.ts"

const fileNames = ["yaml", "yml", "json", "ts", "mjs"].map((ending) => `studio.config.${ending}`)

/** A config file, read. `folder` is what its relative names are resolved from. */
export interface Config {
  readonly file: string | null
  readonly folder: string
  readonly adapters: readonly string[]
  readonly backends: { readonly [name: string]: BackendConfig }
}

/** The config named by `--config`, else the nearest one, else an empty one. */
export async function loadConfig(option: string | undefined, cwd: string): Promise<Config> {
  const file = option === undefined ? findUp(fileNames, cwd) : resolve(cwd, option)
  if (file === null) return { file: null, folder: cwd, adapters: [], backends: {} }
  return check(await read(file), file)
}

async function read(file: string): Promise<unknown> {
  const ending = extname(file)
  try {
    if (ending === ".ts" || ending === ".mjs" || ending === ".js")
      return ((await import(pathToFileURL(file).href)) as { readonly default?: unknown }).default
    const text = readFileSync(file, "utf8")
    if (ending === ".json") return JSON.parse(text)
    const { parseYaml } = await import("./parseYaml.ts")
    return parseYaml(text)
  } catch (error) {
    throw new UsageError(
      `Cannot read the config ${file}: ${(error as Error).message}`,
      "Mend the file, or name another with --config.",
      {
        code: "invalid-config"
      }
    )
  }
}

function check(value: unknown, file: string): Config {
  const wrong = (path: string, message: string) =>
    new UsageError(`${file}: ${path} ${message}`, "docs/configuration.md shows a config.", {
      code: "invalid-config",
      path
    })
  if (value === null || value === undefined) return { file, folder: dirname(file), adapters: [], backends: {} }
  if (!isRecord(value)) throw wrong("the document", "must be a mapping.")
  const { adapters = [], backends = {}, ...unknown } = value
  const [stranger] = Object.keys(unknown)
  if (stranger !== undefined) throw wrong(stranger, "is not a setting; known are adapters and backends.")
  if (!Array.isArray(adapters) || !adapters.every((name) => typeof name === "string"))
    throw wrong("adapters", "must be a list of package names.")
  if (!isRecord(backends)) throw wrong("backends", "must be a mapping of names to settings.")
  return {
    file,
    folder: dirname(file),
    adapters,
    backends: Object.fromEntries(
      Object.entries(backends).map(([name, settings]) => {
        if (!isRecord(settings) || typeof settings.adapter !== "string")
          throw wrong(
            `backends.${name}`,
            'needs at least an adapter, such as { adapter: sglang-jax, url: "http://127.0.0.1:30000" }.'
          )
        const { adapter, adapter_mode: adapterMode, ...rest } = settings
        return [name, { ...rest, adapter, ...(adapterMode === undefined ? {} : { adapterMode }) } as BackendConfig]
      })
    )
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

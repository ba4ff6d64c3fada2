import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { isAbsolute, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Adapter } from "@sglang-studio/core/adapter"
import type { Config } from "./config.ts"
import { UsageError } from "./output/reportError.ts"

const bundled: readonly {
  readonly packageName: string
  readonly load: () => Promise<{ readonly default: Adapter }>
}[] = [
  { packageName: "@sglang-studio/adapter-jax", load: () => import("@sglang-studio/adapter-jax") },
  { packageName: "@sglang-studio/adapter-pytorch", load: () => import("@sglang-studio/adapter-pytorch") },
  { packageName: "@sglang-studio/adapter-mock", load: () => import("@sglang-studio/adapter-mock") }
]

/** The three built in and those of the config. A copy installed in the user's project wins over the bundled one. */
export async function loadAdapters(config: Config): Promise<readonly Adapter[]> {
  const builtIn = await Promise.all(
    bundled.map(async ({ packageName, load }) => {
      const installed = locate(packageName, config.folder)
      return installed === null ? (await load()).default : importAdapter(installed, packageName)
    })
  )
  const added = await Promise.all(config.adapters.map((name) => loadAdapter(name, config.folder)))
  const all = [...builtIn, ...added]
  const twice = all.find((adapter, index) => all.findIndex(({ name }) => name === adapter.name) !== index)
  if (twice !== undefined)
    throw new UsageError(
      `Two adapters are named "${twice.name}".`,
      "Take one of them out of `adapters` in the config.",
      {
        code: "invalid-config",
        path: "adapters"
      }
    )
  return all
}

/** One adapter by package name, as installed beside `folder`, or by the path of its module. */
export async function loadAdapter(name: string, folder: string): Promise<Adapter> {
  const isPath = name.startsWith(".") || isAbsolute(name)
  const path = isPath ? resolve(folder, name) : locate(name, folder)
  if (isPath && !existsSync(path!))
    throw new UsageError(
      `The adapter "${name}" is not there: ${path}.`,
      "A path is taken from the folder of the config file; a package is named without ./.",
      { code: "invalid-config", path: "adapters" }
    )
  if (path === null)
    throw new UsageError(`The adapter "${name}" is not installed in ${folder}.`, `npm install ${name}`, {
      code: "not-installed",
      path: "adapters"
    })
  return importAdapter(path, name)
}

async function importAdapter(path: string, name: string): Promise<Adapter> {
  const module = (await import(pathToFileURL(path).href).catch((error: Error) => {
    throw new UsageError(`The adapter "${name}" cannot be loaded: ${error.message}`, null, {
      code: "adapter-defect",
      path: "adapters"
    })
  })) as { readonly default?: unknown }
  const adapter = module.default
  if (!isAdapter(adapter))
    throw new UsageError(
      `"${name}" has no adapter as its default export.`,
      "export default defineAdapter({ api: 1, name, … })",
      {
        code: "adapter-defect",
        path: "adapters"
      }
    )
  if (adapter.api !== 1)
    throw new UsageError(
      `The adapter "${name}" speaks api ${String(adapter.api)}; this studio speaks api 1.`,
      "Install a matching version.",
      {
        code: "adapter-defect",
        path: "adapters"
      }
    )
  return adapter
}

function locate(packageName: string, folder: string): string | null {
  try {
    return createRequire(join(folder, "studio.config.yaml")).resolve(packageName)
  } catch {
    return null
  }
}

const isAdapter = (value: unknown): value is Adapter =>
  typeof value === "object" && value !== null && "api" in value && "name" in value && "open" in value

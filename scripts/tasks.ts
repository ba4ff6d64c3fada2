// What the root scripts do, one function per script. Started by run.mjs on the pinned Node.
import { spawn } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, "node_modules", ".bin")
const sourceCondition = "--conditions=@sglang-studio/source"
const cliEntry = join(root, "packages", "cli", "dist", "bin.js")
const uiEntry = join(root, "packages", "ui", "dist", "index.html")

const tasks: Record<string, (args: readonly string[]) => Promise<number>> = {
  start: async (args) => (await build()) || studio(["serve", "--demo", ...args]),
  studio: async (args) => (await build()) || studio(args),
  build: () => build(true),
  test: async (args) => {
    const started = performance.now()
    const steps: readonly (() => Promise<number>)[] =
      args.length > 0 ? [build, () => vitest(args)] : [build, ...checks, () => vitest([])]
    for (const step of steps) {
      const code = await step()
      if (code !== 0) return code
    }
    console.error(`All checks and tests passed in ${Math.round((performance.now() - started) / 1000)} s.`)
    return 0
  },
  check: async () => {
    for (const step of [...checks, () => vitest(["--project", "unit"])]) {
      const code = await step()
      if (code !== 0) return code
    }
    return 0
  },
  smoke: async () => (await build()) || script("smoke.ts", []),
  docs: (args) => script("docs.ts", args),
  vectors: (args) => script("vectors.ts", args),
  shots: async (args) => (await build()) || script("shots.ts", args),
  bench: async ([name, ...args]) =>
    (await build()) || run(nodePath, [sourceCondition, join(root, "bench", `${name}.ts`), ...args])
}

const nodePath = process.execPath
const checks = [
  () => run(join(bin, "oxfmt"), ["--check", "."]),
  () => run(join(bin, "oxlint"), ["--deny-warnings"]),
  () => script("checkImports.ts", []),
  () => script("docs.ts", ["--check"]),
  types,
  () => run(join(bin, "knip"), [])
]

/** Builds the UI and the CLI when a source is newer than what was built. */
async function build(force = false): Promise<number> {
  const uiSources = ["packages/ui", "packages/core/src"].map((path) => newest(join(root, path)))
  const cliSources = ["cli", "core", "adapter-jax", "adapter-pytorch", "adapter-mock", "sglang-wire"].map((name) =>
    newest(join(root, "packages", name))
  )
  if (force || isStale(uiEntry, Math.max(...uiSources))) {
    console.error("Building the UI…")
    const code = await run(join(bin, "vite"), ["build", "--logLevel", "warn"], join(root, "packages", "ui"), true)
    if (code !== 0) return code
  }
  if (force || isStale(cliEntry, Math.max(...cliSources, modified(uiEntry)))) {
    console.error("Building the CLI…")
    return run(join(bin, "tsup"), ["--silent"], join(root, "packages", "cli"), true)
  }
  return 0
}

const studio = (args: readonly string[]) => run(nodePath, [cliEntry, ...args], process.env.INIT_CWD ?? process.cwd())

const script = (file: string, args: readonly string[]) =>
  run(nodePath, [sourceCondition, join(root, "scripts", file), ...args])

const vitest = (args: readonly string[]) => run(join(bin, "vitest"), ["run", ...args])

/** One `tsc` per package, all at once. */
async function types(): Promise<number> {
  const projects = ["packages", "examples"]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((folder) => existsSync(join(folder, "tsconfig.json")))
  for (const project of [...projects, join(root, "scripts")]) {
    const code = await run(join(bin, "tsc"), ["-p", project])
    if (code !== 0) return code
  }
  return 0
}

function run(command: string, args: readonly string[], cwd = root, quietStdout = false): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ["inherit", quietStdout ? 2 : "inherit", "inherit"] })
    const forward = (signal: NodeJS.Signals) => child.kill(signal)
    process.on("SIGINT", forward).on("SIGTERM", forward)
    child.on("error", (error) => {
      console.error(error.message)
      resolve(4)
    })
    child.on("exit", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward)
      resolve(code ?? (signal === "SIGINT" ? 130 : 1))
    })
  })
}

const isStale = (built: string, source: number) => source > modified(built)

const modified = (file: string) => (existsSync(file) ? statSync(file).mtimeMs : 0)

function newest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== "node_modules" && name !== "dist" && name !== "test")
      .map((name) => newest(join(path, name)))
  )
}

const [name = "", ...rest] = process.argv.slice(2)
const task = tasks[name]
if (task === undefined) {
  console.error(`Unknown task "${name}". Known: ${Object.keys(tasks).join(", ")}.`)
  process.exit(2)
}
process.exitCode = await task(rest)

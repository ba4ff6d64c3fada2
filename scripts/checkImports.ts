// The arrows of ARCHITECTURE.md as data: A may import B, everything else fails. Exceptions carry their reason.
import { readFileSync, readdirSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Rooms of the house, most specific first: a file belongs to the first prefix that fits. */
const arrows: readonly {
  readonly room: string
  readonly mayImport: readonly string[]
  readonly packages: readonly string[]
}[] = [
  { room: "core/math", mayImport: [], packages: [] },
  { room: "core/domain", mayImport: [], packages: [] },
  { room: "core/codec", mayImport: ["core/domain"], packages: ["effect"] },
  { room: "core/compare", mayImport: ["core/domain", "core/math"], packages: [] },
  { room: "core/gate", mayImport: ["core/domain", "core/math", "core/compare"], packages: [] },
  { room: "core/machine", mayImport: ["core/domain", "core/math"], packages: [] },
  { room: "core/validity", mayImport: ["core/domain", "core/math"], packages: [] },
  { room: "core/suite", mayImport: ["core/domain", "core/math"], packages: [] },
  {
    room: "core/suiteFile",
    mayImport: ["core/codec", "core/domain", "core/suite"],
    packages: ["effect", "leven", "yaml", "node:"]
  },
  {
    room: "core/campaign",
    mayImport: ["core/compare", "core/domain", "core/gate", "core/math", "core/suite"],
    packages: []
  },
  { room: "core/contract", mayImport: ["core/domain", "core/codec"], packages: ["effect"] },
  { room: "core/adapter", mayImport: ["core/domain"], packages: [] },
  { room: "core/launch", mayImport: ["core/adapter", "core/domain"], packages: ["effect", "execa", "node:"] },
  {
    room: "core/store/sqlite",
    mayImport: ["core/store", "core/domain", "core/machine"],
    packages: ["effect", "kysely", "better-sqlite3", "node:"]
  },
  { room: "core/store", mayImport: ["core/domain"], packages: ["effect", "node:"] },
  {
    room: "core/engine",
    mayImport: [
      "core/adapter",
      "core/campaign",
      "core/codec",
      "core/compare",
      "core/domain",
      "core/gate",
      "core/launch",
      "core/machine",
      "core/math",
      "core/store",
      "core/store/sqlite",
      "core/suite",
      "core/suiteFile",
      "core/validity"
    ],
    packages: ["effect", "node:"]
  },
  {
    room: "core/testing",
    mayImport: ["core/adapter", "core/domain", "core/launch", "core/store"],
    packages: ["effect", "vitest", "node:"]
  },
  {
    room: "core/effect",
    mayImport: ["core/adapter", "core/domain", "core/engine", "core/store"],
    packages: ["effect"]
  },
  {
    room: "core",
    mayImport: [
      "core/adapter",
      "core/compare",
      "core/domain",
      "core/engine",
      "core/gate",
      "core/suite",
      "core/suiteFile"
    ],
    packages: []
  },
  {
    room: "sglang-wire/testing",
    mayImport: ["core/adapter", "core/domain", "core/testing", "sglang-wire"],
    packages: ["vitest", "node:"]
  },
  {
    room: "sglang-wire",
    mayImport: ["core/adapter", "core/domain", "core/effect", "core/math"],
    packages: ["effect", "eventsource-parser", "node:"]
  },
  {
    room: "adapter-jax",
    mayImport: ["core/adapter", "core/domain", "core/effect", "sglang-wire"],
    packages: ["effect", "node:"]
  },
  {
    room: "adapter-pytorch",
    mayImport: ["core/adapter", "core/domain", "core/effect", "sglang-wire"],
    packages: ["effect", "node:"]
  },
  { room: "adapter-mock", mayImport: ["core/adapter", "core/domain", "core/effect"], packages: ["effect"] },
  {
    room: "ui",
    mayImport: ["core/domain", "core/codec", "core/math", "core/compare", "core/gate", "core/contract"],
    packages: ["preact", "@preact/signals", "uplot", "diff", "@fontsource-variable/"]
  },
  {
    room: "cli",
    mayImport: [
      "core",
      "core/adapter",
      "core/codec",
      "core/compare",
      "core/contract",
      "core/domain",
      "core/gate",
      "core/testing",
      "adapter-jax",
      "adapter-pytorch",
      "adapter-mock"
    ],
    packages: ["hono", "@hono/node-server", "commander", "yaml", "node:"]
  }
]

const exceptions: readonly { readonly from: string; readonly to: string; readonly reason: string }[] = []

const problems = sources(join(root, "packages")).flatMap(check)
for (const problem of problems) console.error(problem)
if (problems.length > 0) {
  console.error(`\n${problems.length} imports run against the arrows of ARCHITECTURE.md.`)
  process.exit(1)
}

function check(file: string): readonly string[] {
  const from = roomOf(file)
  const rule = arrows.find(({ room }) => room === from)
  if (rule === undefined) return [`${show(file)}: belongs to no room of the house`]
  return specifiers(file).flatMap((specifier) => {
    const to = targetOf(file, specifier)
    const fine =
      to === from ||
      rule.mayImport.includes(to) ||
      rule.packages.some(
        (name) => to === name || to.startsWith(name.endsWith(":") || name.endsWith("/") ? name : `${name}/`)
      ) ||
      exceptions.some((exception) => show(file).startsWith(exception.from) && exception.to === to)
    return fine ? [] : [`${show(file)}: ${from} may not import ${to} ("${specifier}")`]
  })
}

/** The room that a specifier leads to, or the name of a foreign package. */
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith(".")) return roomOf(resolve(dirname(file), specifier))
  const own = /^@sglang-studio\/([^/]+)(?:\/([^/]+))?$/.exec(specifier)
  return own === null ? specifier : own[2] === undefined ? own[1]! : `${own[1]}/${own[2]}`
}

function roomOf(file: string): string {
  const path = relative(join(root, "packages"), file)
    .replace("/src/", "/")
    .replace(/\.[cm]?[jt]sx?$/, "")
  return arrows.find(({ room }) => path === room || path.startsWith(`${room}/`))?.room ?? path
}

function specifiers(file: string): readonly string[] {
  const text = readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^"'`;]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g
  )
  return [...found].map((match) => match[1] ?? match[2]!)
}

/** Sources only: tests may reach further. */
function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (["node_modules", "dist", "test"].includes(name)) return []
    if (statSync(path).isDirectory()) return sources(path)
    return path.includes("/src/") && /\.[cm]?tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : []
  })
}

function show(file: string): string {
  return relative(root, file)
}

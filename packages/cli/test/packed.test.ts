// What is published, as a stranger gets it: packed with npm, installed with npm into an empty folder.
import { spawn, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  cleanEnv,
  packFolder,
  packPackages,
  publishedPackages,
  type PublishedPackage
} from "../../../scripts/packPackages.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..")
const npx = "npx"
const bin = join(root, "node_modules", ".bin")
const folder = mkdtempSync(join(tmpdir(), "studio-packed-test-"))
const project = join(folder, "project")
let tarballs: { readonly [name in PublishedPackage]: string }
let example: string

beforeAll(() => {
  tarballs = packPackages(join(folder, "tarballs"))
  example = join(
    folder,
    "tarballs",
    packFolder(join(root, "examples", "third-party-adapter"), join(folder, "tarballs"))
  )
  mkdirSync(project)
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }))
  const installed = run("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...Object.values(tarballs),
    example
  ])
  expect(installed.stderr + installed.stdout, "npm install of the tarballs").not.toContain("ERR")
  expect(installed.status).toBe(0)
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(publishedPackages)("%s", (name) => {
  test("publint finds nothing", () => {
    const { stdout, stderr, status } = run(join(bin, "publint"), ["run", tarballs[name], "--strict"])
    expect(stdout + stderr).toContain("All good!")
    expect(status).toBe(0)
  })

  test("README and LICENSE are in it", () => {
    const file = (path: string) => run("tar", ["-xzOf", tarballs[name], `package/${path}`]).stdout
    expect(file("LICENSE")).toBe(readFileSync(join(root, "LICENSE"), "utf8"))
    expect(file("README.md")).toContain(`# @sglang-studio/${name}\n`)
  })

  test.skipIf(name === "cli")("types resolve for every ESM consumer", () => {
    const { stdout, status } = run(join(bin, "attw"), ["--profile", "esm-only", tarballs[name]])
    expect(stdout).not.toContain("❌")
    expect(status).toBe(0)
  })
})

test("types need no package besides ours, and hold without skipLibCheck", () => {
  const { exports } = JSON.parse(readFileSync(join(root, "packages", "core", "package.json"), "utf8"))
  const entries = Object.keys(exports).filter((path) => !path.endsWith(".json") && path !== "./effect")
  expect(entries).toContain("./contract")
  const modules = [
    ...entries.map((path) => `@sglang-studio/core${path.slice(1)}`),
    ...publishedPackages.filter((name) => name.startsWith("adapter-")).map((name) => `@sglang-studio/${name}`)
  ]
  writeFileSync(join(project, "entries.ts"), modules.map((name, at) => `export * as e${at} from "${name}"\n`).join(""))
  const { stdout, status } = run(join(bin, "tsc"), [
    ...["--noEmit", "--strict", "--skipLibCheck", "false", "--types", "", "--module", "nodenext"],
    ...["--target", "es2024", "--lib", "es2024,esnext.disposable,dom", "entries.ts"]
  ])
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 })
})

test.each(["README.md", ...publishedPackages.map((name) => `packages/${name}/README.md`)])(
  "the code of %s runs",
  (path) => {
    const blocks = [...readFileSync(join(root, path), "utf8").matchAll(/```js\n([\s\S]*?)```/g)].map(
      ([, code = ""]) => code
    )
    expect(blocks.length).toBe(path.includes("cli") ? 0 : 1)
    for (const code of blocks) {
      writeFileSync(join(project, "readme.mjs"), code)
      const { stdout, stderr, status } = run(process.execPath, ["readme.mjs"])
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 })
      expect(stdout).not.toBe("")
    }
  }
)

test("npx studio serve answers, and ends on SIGINT", async () => {
  const server = spawn(npx, ["studio", "serve", "--port", "0", "--json"], {
    cwd: project,
    env: cleanEnv(),
    stdio: ["ignore", "pipe", "inherit"],
    detached: true
  })
  const exited = new Promise<number | null>((resolve) => server.on("exit", resolve))
  const line = await new Promise<string>((resolve) =>
    server.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString()))
  )
  const { url, pid } = JSON.parse(line) as { readonly url: string; readonly pid: number }
  expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: "ok" })
  expect(await (await fetch(url)).text()).toContain("SGLang Studio")
  process.kill(pid, "SIGINT")
  await exited
}, 60_000)

test("a script that knows no Effect scores two mocks and compares them", () => {
  cpSync(join(root, "examples", "score.mjs"), join(project, "score.mjs"))
  expect(readFileSync(join(project, "score.mjs"), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(12)
  const { stdout, stderr, status } = run(process.execPath, ["score.mjs"])
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 })
  expect(stdout).toMatch(/logprob|score|parity|agree|differ/i)
})

test("a third-party adapter keeps the laws", () => {
  const { laws, status } = verify("@acme/studio-adapter-echo")
  expect(laws.filter((law) => law.status === "fail")).toEqual([])
  expect(laws.some((law) => law.status === "pass")).toBe(true)
  expect(status).toBe(0)
}, 60_000)

test("an adapter in TypeScript is checked, built and verified as the guide says", () => {
  const guide = readFileSync(join(root, "docs", "write-an-adapter.md"), "utf8")
  const section = guide.slice(guide.indexOf("\n## TypeScript\n"))
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? ""
  const typed = join(project, "typed")
  mkdirSync(join(typed, "node_modules", "@types"), { recursive: true })
  symlinkSync(join(root, "node_modules", "@types", "node"), join(typed, "node_modules", "@types", "node"))
  writeFileSync(join(typed, "even.ts"), block("ts"))
  writeFileSync(join(typed, "tsconfig.json"), block("json"))
  expect(run(join(bin, "tsc"), ["-p", typed, "--skipLibCheck", "false"])).toMatchObject({ stdout: "", status: 0 })
  for (const path of ["./typed/even.ts", "./typed/dist/even.js"]) {
    const { laws, status } = verify(path)
    expect(laws.filter((law) => law.status === "fail")).toEqual([])
    expect(status).toBe(0)
  }
}, 60_000)

test("the config of docs/configuration.md finds an adapter by its path", () => {
  const text = (path: string) => readFileSync(join(root, path), "utf8")
  const [, config = ""] = /```ts\n([\s\S]*?)```/.exec(text("docs/configuration.md")) ?? []
  const configured = join(project, "configured")
  mkdirSync(configured)
  writeFileSync(join(configured, "studio.config.ts"), config)
  writeFileSync(join(configured, "quillo.ts"), text("examples/third-party-adapter/even.ts"))
  const { stdout, stderr } = run(npx, [
    "studio",
    "adapters",
    "list",
    "--config",
    "configured/studio.config.ts",
    "--json"
  ])
  expect(stdout, stderr).not.toBe("")
  const { adapters } = JSON.parse(stdout) as { readonly adapters: readonly { readonly name: string }[] }
  expect(adapters.map(({ name }) => name)).toContain("even")
})

test("a broken copy of it fails, with the law named", () => {
  const copy = join(project, "broken")
  cpSync(join(project, "node_modules", "@acme", "studio-adapter-echo"), copy, { recursive: true })
  const source = readFileSync(join(copy, "index.js"), "utf8")
  expect(source).toContain('yield { type: "started" }')
  writeFileSync(join(copy, "index.js"), source.replace('yield { type: "started" }', ""))
  const { laws, status } = verify("./broken/index.js")
  expect(laws.filter((law) => law.status === "fail").map((law) => law.name)).toEqual([
    "score: one started, then exactly one result, last"
  ])
  expect(status).toBe(1)
}, 60_000)

function verify(name: string) {
  const { stdout, stderr, status } = run(npx, ["studio", "adapters", "verify", name, "--json"])
  expect(stdout, stderr).not.toBe("")
  return {
    ...(JSON.parse(stdout) as { readonly laws: readonly { readonly name: string; readonly status: string }[] }),
    status
  }
}

function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: project, encoding: "utf8", env: cleanEnv() })
}

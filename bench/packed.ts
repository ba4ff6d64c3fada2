// What a user downloads, and how long they wait for the first letter:
//   npm run -s bench:packed
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { cleanEnv, packPackages } from "../scripts/packPackages.ts"

const folder = mkdtempSync(join(tmpdir(), "studio-packed-"))
try {
  const { cli } = packPackages(join(folder, "tarballs"), ["cli"])
  const project = join(folder, "project")
  execFileSync("mkdir", [project])
  writeFileSync(join(project, "package.json"), "{}")
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", cli], {
    cwd: project,
    env: cleanEnv(),
    stdio: "inherit"
  })
  const modules = join(project, "node_modules")
  const bin = join(modules, "@sglang-studio", "cli", "dist", "bin.js")
  const bare = () => time(["-e", "0"])
  const version = () => time([bin, "--version"])
  bare()
  version()
  // In turn, so that a machine that slows down slows both.
  const pairs = Array.from({ length: 15 }, () => ({ bare: bare(), version: version() }))
  console.log(
    JSON.stringify({
      bench: "packed",
      tarball_bytes: statSync(cli).size,
      installed_bytes: bytes(modules),
      packages: packages(modules),
      node_e_0_ms: median(pairs.map((pair) => pair.bare)),
      version_ms: median(pairs.map((pair) => pair.version)),
      version_ratio: median(pairs.map((pair) => pair.version / pair.bare))
    })
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function time(args: readonly string[]): number {
  const started = performance.now()
  spawnSync(process.execPath, args)
  return performance.now() - started
}

function bytes(path: string): number {
  return statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0)
    : statSync(path).size
}

function packages(modules: string): number {
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .reduce((sum, name) => sum + (name.startsWith("@") ? readdirSync(join(modules, name)).length : 1), 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Number(sorted[Math.floor(sorted.length / 2)]!.toFixed(2))
}

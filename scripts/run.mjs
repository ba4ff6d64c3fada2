// The one entry of every root script. Runs on any Node >= 20 with nothing installed: brings the pinned Node and the
// dependencies in (once per lockfile), then hands over to scripts/tasks.ts on the pinned Node.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const pnpmVersion = "12.21.0"
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, "node_modules", ".studio-install")
const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node")

install()
handOver(process.argv.slice(2))

function install() {
  const wanted = manifestHash()
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  process.stderr.write("Installing dependencies (once)…\n")
  const result = spawnSync(
    "npx",
    ["--yes", `pnpm@${pnpmVersion}`, "install", "--frozen-lockfile", "--reporter=append-only"],
    // stdout belongs to the command that was asked for.
    {
      cwd: root,
      stdio: ["ignore", 2, 2],
      env: { ...process.env, CI: process.env.CI ?? "1" },
      shell: process.platform === "win32"
    }
  )
  if (result.status !== 0) {
    process.stderr.write("Installing failed; the lines above say why. Network and disk are the usual causes.\n")
    process.exit(4)
  }
  writeFileSync(stamp, wanted)
}

/** Changes when a manifest or the lockfile does. */
function manifestHash() {
  const hash = createHash("sha256").update(pnpmVersion)
  const manifests = ["packages", "examples"].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .sort()
          .map((name) => join(folder, name, "package.json"))
      : []
  )
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests])
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest("hex")
}

function handOver(args) {
  const child = spawn(
    node,
    [
      "--conditions=@sglang-studio/source",
      "--disable-warning=ExperimentalWarning",
      join(root, "scripts", "tasks.ts"),
      ...args
    ],
    {
      stdio: "inherit",
      env: { ...process.env, PATH: `${dirname(node)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}` }
    }
  )
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)))
}

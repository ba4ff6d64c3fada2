import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

const bin = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "bin.js")

/** A folder of this test's own, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "studio-cli-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the built program as a user would, in `cwd`, with only these variables besides the shell's own. */
export function studio(cwd: string, args: readonly string[], env: Record<string, string> = {}, input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: "utf8",
    env: environment(env),
    input
  })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) }
}

/** Starts the program and leaves it running until the test is over. */
export function startStudio(cwd: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe"]
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  return child
}

/** Starts a server on any free port and waits for its first line. */
export async function startServer(cwd: string, args: readonly string[] = []) {
  const child = startStudio(cwd, ["serve", "--port", "0", "--json", ...args])
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout!.once("data", (bytes: Buffer) => resolve(bytes.toString()))
    child.once("exit", (code) => reject(new Error(`serve exited with ${code}`)))
  })
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve))
  return {
    child,
    exit,
    ...(JSON.parse(line) as { readonly url: string; readonly pid: number; readonly data_dir: string })
  }
}

/** Asks until the answer is there; a test that never gets it fails by its own time limit. */
export async function until<T>(ask: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const environment = (env: Record<string, string>): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return { PATH, HOME, TMPDIR, LANG, ...env }
}

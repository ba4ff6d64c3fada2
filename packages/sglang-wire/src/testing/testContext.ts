import { AdapterError, type Child, type Context } from "@sglang-studio/core/adapter"
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** A context that keeps what an adapter stores and logs, so that a test can look at it. */
export interface TestContext extends AsyncDisposable {
  readonly context: Context
  readonly artifacts: ReadonlyMap<string, string>
  readonly logged: readonly string[]
  /** Commands that were started. */
  readonly spawned: readonly { readonly argv: readonly string[]; readonly env: Record<string, string> }[]
}

export const testContext = (signal: AbortSignal = AbortSignal.timeout(30_000)): TestContext => {
  const workDir = mkdtempSync(join(tmpdir(), "studio-wire-"))
  const artifacts = new Map<string, string>()
  const logged: string[] = []
  const spawned: { argv: readonly string[]; env: Record<string, string> }[] = []
  const children: Child[] = []
  return {
    artifacts,
    logged,
    spawned,
    context: {
      runId: "test",
      signal,
      workDir,
      log: (line) => void logged.push(line),
      artifact: async (name) => {
        const decoder = new TextDecoder()
        return new WritableStream<Uint8Array>({
          write: (chunk) =>
            void artifacts.set(name, (artifacts.get(name) ?? "") + decoder.decode(chunk, { stream: true }))
        })
      },
      spawn: (argv, options) => {
        spawned.push({ argv, env: options.env })
        const child = startChild(argv, options.env, workDir)
        children.push(child)
        return child
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(children.map((child) => child.kill()))
      rmSync(workDir, { recursive: true, force: true })
    }
  }
}

const startChild = (
  [file, ...args]: readonly [string, ...string[]],
  env: Record<string, string>,
  cwd: string
): Child => {
  const child = spawn(file, args, {
    cwd,
    env: { PATH: process.env["PATH"], ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"]
  })
  const kept = { stdout: "", stderr: "" }
  const waiting: { source: "stdout" | "stderr"; line: string }[] = []
  let wake = () => {}
  let ended = false
  for (const source of ["stdout", "stderr"] as const) {
    child[source].on("data", (chunk: Buffer) => (kept[source] += chunk.toString()))
    createInterface(child[source]).on("line", (line) => (waiting.push({ source, line }), wake()))
  }
  const exit = new Promise<Awaited<Child["exit"]>>((resolve, reject) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...kept }))
    child.on("error", ({ message }) =>
      reject(new AdapterError({ reason: "not-installed", message, hint: "Install it." }))
    )
  })
  const end = () => ((ended = true), wake())
  exit.then(end, end)
  return {
    pid: child.pid,
    exit,
    lines: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          yield* waiting.splice(0)
          if (ended) return
          await new Promise<void>((resolve) => (wake = resolve))
        }
      }
    },
    kill: async () => {
      killGroup(child.pid)
      await exit.catch(() => {})
    }
  }
}

/** As the studio does: what a child has started goes with it. */
const killGroup = (leader: number | undefined): void => {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGKILL")
  } catch {
    // It has ended.
  }
}

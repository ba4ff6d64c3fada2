import { randomUUID } from "node:crypto"
import { existsSync } from "node:fs"
import { execa } from "execa"
import type { Child, ChildExit } from "../adapter/Adapter.ts"
import { AdapterError } from "../adapter/AdapterError.ts"
import { killTree } from "./killTree.ts"
import { makeOutputLines } from "./outputLines.ts"
import { makeOutputTail } from "./outputTail.ts"
import { startWatchdog } from "./watchdog.ts"

export interface SpawnOptions {
  /** The whole environment of the child. */
  readonly env: Record<string, string>
  readonly cwd: string
  /** Takes every chunk of output in order; the child waits while it is pending. */
  readonly write: (source: "stdout" | "stderr", chunk: Uint8Array) => Promise<void>
}

/**
 * Starts a program as the leader of its own process group, without a shell. The group dies with its leader, with
 * `kill()`, and with the studio.
 */
export const spawnChild = (argv: readonly [string, ...string[]], { env, cwd, write }: SpawnOptions): Child => {
  const [file, ...args] = argv
  const mark = randomUUID()
  const lines = makeOutputLines(10_000)
  const tails = { stdout: makeOutputTail(tailBytes), stderr: makeOutputTail(tailBytes) }
  const subprocess = execa(file, args, {
    cwd,
    env: { ...env, [markName]: mark },
    extendEnv: false,
    detached: true,
    stdin: "ignore",
    buffer: false,
    reject: false
  })
  const { pid } = subprocess
  const callOff = pid === undefined ? () => {} : startWatchdog(pid)
  const killAll = async () => {
    if (pid !== undefined) await killTree({ group: pid, mark: `${markName}=${mark}` })
  }
  let killed: Promise<void> | undefined
  const kill = () => (killed ??= killAll())
  // What a leader leaves behind would hold its pipes open, and outlive the operation.
  const treeEnded =
    pid === undefined
      ? Promise.resolve()
      : new Promise<void>((resolve) => subprocess.nodeChildProcess.once("exit", () => void kill().then(resolve)))

  const pump = async (source: "stdout" | "stderr") => {
    for await (const chunk of subprocess[source]) {
      tails[source].push(chunk)
      lines.push(source, chunk)
      await write(source, chunk)
    }
  }
  const run = async (): Promise<ChildExit> => {
    try {
      const [result] = await Promise.all([subprocess, pump("stdout"), pump("stderr"), treeEnded])
      if (pid === undefined) throw neverBegan(file, cwd, result.originalMessage ?? "it cannot be started")
      return {
        code: result.exitCode ?? null,
        signal: result.signal ?? null,
        stdout: tails.stdout.text(),
        stderr: tails.stderr.text()
      }
    } finally {
      lines.end()
      await kill()
      callOff()
    }
  }
  const exit = run()
  // An adapter may leave without looking at how its child ended.
  exit.catch(() => {})
  return { pid, lines: lines.iterable, exit, kill: () => kill().then(() => exit.then(ignore, ignore)) }
}

const tailBytes = 8 * 1024 * 1024
const markName = "STUDIO_CHILD"
const ignore = () => {}

const neverBegan = (file: string, cwd: string, reason: string): AdapterError =>
  existsSync(cwd)
    ? new AdapterError({
        reason: "not-installed",
        message: `${file} cannot be started: ${reason}`,
        hint: `Check that ${file} exists and may be executed.`
      })
    : new AdapterError({
        reason: "not-installed",
        message: `${file} cannot be started: the folder ${cwd} does not exist.`,
        hint: "Check the folder in the backend's configuration."
      })

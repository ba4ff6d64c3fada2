import type { Child, Context, LaunchEvent, LaunchRecipe } from "@sglang-studio/core/adapter"
import { shellLine } from "../bench/command.ts"
import { requireInterpreter } from "../bench/interpreter.ts"
import type { Wire } from "../wire.ts"
import type { Dialect } from "../dialect.ts"
import { launchCommand } from "./command.ts"
import { explainEnd } from "./explainEnd.ts"
import { listensOn, portInUse, requireFreePort } from "./port.ts"

/**
 * Starts the engine's server and tells what it prints, for as long as it lives. `ready` comes when the server says so
 * and the port is its own; the end of a server that nobody stopped is an `AdapterError` with its real last error.
 */
export async function* launchServer(
  { programs }: Pick<Dialect, "programs">,
  { config }: Wire,
  recipe: LaunchRecipe,
  context: Context
): AsyncGenerator<LaunchEvent> {
  const python = await requireInterpreter(config)
  const command = launchCommand(programs.server, config, python, recipe)
  await requireFreePort(config.url)
  const child = context.spawn(command.argv, { env: command.env })
  const kill = () => void child.kill()
  context.signal.addEventListener("abort", kill, { once: true })
  const lines: string[] = []
  let phase: "starting" | "ready" = "starting"
  try {
    yield { type: "log", line: `$ ${shellLine(command)}` }
    for await (const { line } of child.lines) {
      yield { type: "log", line }
      lines.push(line.slice(0, longestEvidence))
      if (lines.length > evidenceLines) lines.shift()
      if (phase === "starting" && line.includes(readyLine)) {
        if (!(await ownsPort(child, config.url))) continue
        phase = "ready"
        yield { type: "ready", url: config.url }
      }
    }
    const { code, signal } = await child.exit
    context.signal.throwIfAborted()
    throw explainEnd({ module: programs.server, phase, code, signal, lines, url: config.url })
  } finally {
    context.signal.removeEventListener("abort", kill)
    await child.kill()
    await child.exit.catch(() => {})
  }
}

/** Both engines print it after their warm-up request was answered, by whomever. */
const readyLine = "The server is fired up and ready to roll!"

const evidenceLines = 2000
const longestEvidence = 4096

/** False when it ends instead, and so has its own story to tell. */
const ownsPort = async (child: Child, url: string): Promise<boolean> => {
  if (child.pid === undefined || (await listensOn(child.pid, url)) !== false) return true
  const ended = child.exit.then(() => true)
  const patience = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => patience.resolve(false), leaveMs)
  if (await Promise.race([ended, patience.promise]).finally(() => clearTimeout(timer))) return false
  throw portInUse(url)
}

/** How long an engine without its port takes to give up. */
const leaveMs = 5000

import {
  AdapterError,
  type BenchmarkRequest,
  type Child,
  type ChildExit,
  type Context,
  type RunEvent
} from "@sglang-studio/core/adapter"
import { constants } from "node:fs"
import { access, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Dialect } from "../dialect.ts"
import { gatherEvidence } from "../evidence.ts"
import { identify } from "../identity.ts"
import { saveArtifact } from "../saveArtifact.ts"
import { describeServer, notThisEngine, type Server } from "../server.ts"
import type { Wire } from "../wire.ts"
import { shellLine, type ServingCommand } from "./command.ts"
import { complaintOf } from "./complaint.ts"
import { lastLine, readBench } from "./output.ts"

/** Asked of `bench_serving` where the request does not say. */
const defaultPrompts = 1000

/** Drives the engine's own `bench_serving`. `started` comes when the program has begun to work, not before. */
export async function* benchRun(
  dialect: Dialect,
  wire: Wire,
  request: BenchmarkRequest,
  context: Context
): AsyncGenerator<RunEvent> {
  if (request.entrypoint !== "serving") throw unknownEntrypoint(request.entrypoint)
  const served = await reachableServer(dialect, wire, request, context)
  const python = await interpreter(wire)
  const outputFile = join(context.workDir, "result.jsonl")
  const command = dialect.command(request.set, { config: wire.config, python, served, outputFile })
  await saveArtifact(context, {
    name: "command.txt",
    kind: "command",
    mediaType: "text/plain",
    text: `${shellLine(command)}\n`
  })
  const asked = promptsAsked(request)
  const exit = yield* runProgram(dialect, command, asked, context)
  const file = await readFile(outputFile, "utf8").catch(() => "")
  const line = lastLine(file)
  if (exit.code !== 0 || line === null) throw crashed(dialect, exit)

  const reading = readBench({ line, where: "The last line of result.jsonl", stdout: exit.stdout, asked })
  await saveArtifact(context, {
    name: "result.jsonl",
    kind: "raw-result",
    mediaType: "application/x-ndjson",
    text: `${reading.record.redactedLine}\n`
  })
  for (const sample of reading.samples) yield { type: "sample", sample }
  for (const finding of reading.findings) yield { type: "finding", finding }
  yield { type: "progress", done: reading.samples.length || asked, total: asked, unit: "requests" }
  yield { type: "result", result: reading.result }
}

const promptsAsked = ({ set }: BenchmarkRequest): number => {
  const asked = Number(set["num-prompts"] ?? defaultPrompts)
  return Number.isFinite(asked) ? asked : defaultPrompts
}

/** Null: another kind of server, driven on purpose through one of the program's other backends. */
const reachableServer = async (
  dialect: Dialect,
  wire: Wire,
  request: BenchmarkRequest,
  context: Context
): Promise<Server | null> => {
  const evidence = await gatherEvidence(wire, context, "identity")
  const identity = identify(evidence)
  if (identity.kind === "silent") throw identity.error
  if ("serverInfo" in evidence && identity.kind === "engine" && identity.engine === dialect.engine) {
    return describeServer(evidence, wire.config)
  }
  if (identity.kind === "openai-compatible" && "backend" in request.set) return null
  throw notThisEngine(identity, dialect.engine, wire.config.url)
}

/** The interpreter that is set, else the one on the PATH, as in an activated environment. */
const interpreter = async ({ config: { python = "python3" } }: Wire): Promise<string> => {
  if (python.includes("/")) {
    await access(python, constants.X_OK).catch(() => {
      throw new AdapterError({
        reason: "not-installed",
        message: `python: ${python} is not a program on this machine.`,
        hint: "Set `python` of this backend to the interpreter that has the engine installed."
      })
    })
  }
  return python
}

/** Runs the program to its end; an abort kills it and everything that it started. */
async function* runProgram(
  dialect: Dialect,
  command: ServingCommand,
  asked: number,
  context: Context
): AsyncGenerator<RunEvent, ChildExit> {
  const child = context.spawn(command.argv, { env: command.env })
  const kill = () => void child.kill()
  context.signal.addEventListener("abort", kill, { once: true })
  let started = false
  try {
    for await (const { source, line } of child.lines) {
      context.log(line)
      if (source === "stderr" || started) continue
      // The program has loaded the engine's package and parsed its flags: from here on it measures.
      started = true
      yield { type: "started" }
      yield { type: "progress", done: 0, total: asked, unit: "requests" }
    }
    const exit = await child.exit
    context.signal.throwIfAborted()
    if (!started) throw neverStarted(dialect, exit)
    return exit
  } finally {
    context.signal.removeEventListener("abort", kill)
    await endOf(child)
  }
}

const endOf = async (child: Child): Promise<void> => {
  await child.kill()
  await child.exit.catch(() => {})
}

const neverStarted = (dialect: Dialect, exit: ChildExit): AdapterError => {
  const said = complaintOf(exit.stdout, exit.stderr)
  const missing = /No module named '?([\w.]+)/.exec(exit.stderr)?.[1]
  if (missing !== undefined) {
    return new AdapterError({
      reason: "not-installed",
      message: `This Python cannot run ${dialect.module}: no module named ${missing}.`,
      hint: "Set `python` to the interpreter that has the engine installed, or `source` to the folder of its package.",
      detail: exit.stderr.slice(-4000)
    })
  }
  if (exit.code === 2) {
    return new AdapterError({
      reason: "invalid-request",
      message: `${dialect.module} refused its flags: ${said}`,
      hint: "Correct the flags that were given with `set`; the detail lists those that it knows.",
      detail: exit.stderr.slice(-4000)
    })
  }
  return crashed(dialect, exit)
}

const crashed = (dialect: Dialect, exit: ChildExit): AdapterError =>
  new AdapterError({
    reason: "crashed",
    message:
      exit.code === 0
        ? `${dialect.module} ended without a result: ${complaintOf(exit.stdout, exit.stderr)}`
        : `${dialect.module} ended with ${exit.code === null ? exit.signal : `exit code ${exit.code}`}: ${complaintOf(exit.stdout, exit.stderr)}`,
    hint: "The artifacts stdout and stderr have all that it said.",
    detail: exit.stderr.slice(-4000)
  })

const unknownEntrypoint = (entrypoint: string): AdapterError =>
  new AdapterError({
    reason: "unsupported",
    message: `entrypoint: "${entrypoint}" is not one that this adapter drives.`,
    hint: "Use `serving`."
  })

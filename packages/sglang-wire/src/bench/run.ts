import {
  AdapterError,
  type BenchmarkRequest,
  type Child,
  type ChildExit,
  type Context,
  type RunEvent
} from "@sglang-studio/core/adapter"
import { join } from "node:path"
import type { Dialect } from "../dialect.ts"
import { gatherEvidence } from "../evidence.ts"
import { identify } from "../identity.ts"
import { loadEntrypoint } from "../load/settings.ts"
import { loadRun } from "../load/run.ts"
import { saveArtifact } from "../saveArtifact.ts"
import { describeServer, notThisEngine, type Server } from "../server.ts"
import type { Wire } from "../wire.ts"
import { benchCommand, clients, shellLine, type ProgramCommand } from "./command.ts"
import { explainFailure } from "./failures.ts"
import { installedModule, requireInterpreter } from "./interpreter.ts"
import { isOwnEntrypoint, ownEntrypoints, type OwnEntrypoint } from "./Programs.ts"
import { readBench } from "./reading.ts"
import { readResultFile, resultArtifact } from "./resultFile.ts"
import { promptsAsked } from "./readServing.ts"
import { shapesAsked } from "./shapes.ts"

/** Entrypoints that bring an engine of their own. */
export const standalone: readonly OwnEntrypoint[] = ownEntrypoints.filter((name) => !clients.has(name))

/** Everything that `studio bench` can ask of an SGLang engine: its own programs, and the studio's load client. */
export const entrypoints: readonly string[] = [...ownEntrypoints, loadEntrypoint]

/** Drives one of them. `started` comes when it has begun to work, not before. */
export const benchRun = (
  dialect: Dialect,
  wire: Wire,
  request: BenchmarkRequest,
  context: Context
): AsyncIterable<RunEvent> => {
  const { entrypoint } = request
  if (entrypoint === loadEntrypoint) return loadRun(dialect.engine, wire, request.set, context)
  if (isOwnEntrypoint(entrypoint)) return programRun(dialect, wire, { ...request, entrypoint }, context)
  throw unknownEntrypoint(entrypoint)
}

interface ProgramRequest extends BenchmarkRequest {
  readonly entrypoint: OwnEntrypoint
}

async function* programRun(
  dialect: Dialect,
  wire: Wire,
  request: ProgramRequest,
  context: Context
): AsyncGenerator<RunEvent> {
  const { entrypoint, set } = request
  const { config } = wire
  const modules = dialect.programs.modules[entrypoint]
  const served = clients.has(entrypoint) ? await reachableServer(dialect, wire, request, context) : null
  const python = await requireInterpreter(config)
  const module = await installedModule(modules, python, config, context)
  const outputFile = join(context.workDir, "result.jsonl")
  const command = benchCommand(dialect.programs, entrypoint, set, { config, python, module, served, outputFile })
  await saveArtifact(context, {
    name: "command.txt",
    kind: "command",
    mediaType: "text/plain",
    text: `${shellLine(command)}\n`
  })
  const work = amount(request)
  const exit = yield* runProgram({ entrypoint, module, command, work }, context)
  const [first, ...rest] = await readResultFile(outputFile, context)
  if (exit.code !== 0 || first === undefined) throw explainFailure({ entrypoint, module, exit, started: true })

  const reading = readBench(entrypoint, { lines: [first, ...rest], stdout: exit.stdout, set })
  await saveArtifact(context, { ...resultArtifact, text: reading.stored })
  for (const sample of reading.samples) yield { type: "sample", sample }
  for (const finding of reading.findings) yield { type: "finding", finding }
  yield { type: "progress", ...work, done: reading.samples.length || (work.total ?? 0) }
  yield { type: "result", result: reading.result }
}

interface Work {
  readonly total: number | null
  readonly unit: string
}

const amount = ({ entrypoint, set }: ProgramRequest): Work =>
  entrypoint.startsWith("one-batch")
    ? { total: shapesAsked(set), unit: "cases" }
    : { total: promptsAsked(set), unit: "requests" }

/** Null: another kind of server, driven on purpose through one of the program's other backends. */
const reachableServer = async (
  dialect: Dialect,
  wire: Wire,
  request: ProgramRequest,
  context: Context
): Promise<Server | null> => {
  const evidence = await gatherEvidence(wire, context, "identity")
  const identity = identify(evidence)
  if (identity.kind === "silent") throw identity.error
  if ("serverInfo" in evidence && identity.kind === "engine" && identity.engine === dialect.engine) {
    return describeServer(evidence, wire.config)
  }
  if (identity.kind === "openai-compatible" && request.entrypoint === "serving" && "backend" in request.set) return null
  throw notThisEngine(identity, dialect.engine, wire.config.url)
}

interface ProgramRun {
  readonly entrypoint: OwnEntrypoint
  readonly module: string
  readonly command: ProgramCommand
  readonly work: Work
}

/** Runs the program to its end; an abort kills it and everything that it started. */
async function* runProgram(
  { entrypoint, module, command, work }: ProgramRun,
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
      yield { type: "progress", done: 0, ...work }
    }
    const exit = await child.exit
    context.signal.throwIfAborted()
    if (!started) throw explainFailure({ entrypoint, module, exit, started })
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

const unknownEntrypoint = (entrypoint: string): AdapterError =>
  new AdapterError({
    reason: "unsupported",
    message: `entrypoint: "${entrypoint}" is not one that this adapter drives.`,
    hint: `Use ${entrypoints.join(", ")}.`
  })

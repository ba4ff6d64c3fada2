import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { randomUUID } from "node:crypto"
import type { Child, Context, Send } from "../adapter/Adapter.ts"
import { childEnvironment } from "../launch/childEnvironment.ts"
import type { spawnChild } from "../launch/spawnChild.ts"
import type { ArtifactSink } from "./ArtifactSink.ts"
import type { Cancellation } from "./lift.ts"
import type { RunRecorder } from "./RunRecorder.ts"

/** One call into an adapter, and everything that it may leave behind. */
export interface Operation extends Cancellation {
  readonly context: Context
  /** Ends what still runs and closes what is still open, so that the record is whole. Rejects with `StoreError`. */
  readonly settle: () => Promise<void>
}

/** What an operation tells, and to whom: a run's recorder, or nobody for a probe. */
export interface OperationHost {
  readonly runId: string | null
  readonly record: Pick<RunRecorder, "log" | "openArtifact"> | null
  readonly env: { readonly [name: string]: string | undefined }
  readonly dataDir: string
  readonly send?: Send
}

/** Lends an adapter its context. When the scope closes, the signal is aborted, no child lives and the folder is gone. */
export const openOperation = (host: OperationHost): Effect.Effect<Operation, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.map(Effect.promise(launching), (launch) => start(host, launch.spawnChild)),
      ({ end }) => Effect.promise(end)
    ),
    ({ operation }) => operation
  )

/** What starts processes is loaded with the first operation: a server that only shows runs does without. */
const launching = () => (launcher ??= import("../launch/spawnChild.ts"))
let launcher: Promise<{ readonly spawnChild: typeof spawnChild }> | undefined

const start = ({ runId, record, env, dataDir, send }: OperationHost, spawn: typeof spawnChild) => {
  const controller = new AbortController()
  const children = new Set<Child>()
  const open = new Set<ArtifactSink>()
  const folder = join(dataDir, "tmp", `operation-${randomUUID()}`)
  let workDir: string | undefined

  const openFile: RunRecorder["openArtifact"] = async (name, kind, mediaType) => {
    const sink = record === null ? nowhere : await record.openArtifact(name, kind, mediaType)
    const close = () => (open.delete(tracked), sink.close())
    const discard = () => (open.delete(tracked), sink.discard())
    const tracked: ArtifactSink = { write: sink.write, close, discard }
    open.add(tracked)
    return tracked
  }
  const context: Context = {
    runId,
    signal: controller.signal,
    ...(send !== undefined && { send }),
    get workDir() {
      if (workDir === undefined) mkdirSync((workDir = folder), { recursive: true })
      return workDir
    },
    log: (line) => record?.log(line),
    artifact: async (name, kind, mediaType) => {
      const sink = await openFile(name, kind, mediaType)
      return new WritableStream<Uint8Array>({
        write: sink.write,
        close: async () => void (await sink.close()),
        abort: sink.discard
      })
    },
    spawn: (argv, options) => {
      const files: { [source: string]: Promise<ArtifactSink> } = {}
      const child = spawn(argv, {
        env: childEnvironment(env, options.env),
        cwd: options.cwd ?? context.workDir,
        write: async (source, chunk) =>
          (await (files[source] ??= openFile(`${source}.txt`, "log", "text/plain"))).write(chunk)
      })
      const closeFiles = async () => {
        const closed = await Promise.allSettled(Object.values(files).map(async (file) => (await file).close()))
        for (const end of closed) if (end.status === "rejected") throw end.reason
      }
      const kept: Child = {
        ...child,
        exit: child.exit.finally(closeFiles),
        kill: () => child.kill().then(() => kept.exit.then(ignore, ignore))
      }
      kept.exit.catch(ignore)
      children.add(kept)
      if (controller.signal.aborted) void kept.kill()
      return kept
    }
  }
  const killAll = () => Promise.all(Array.from(children, (child) => child.kill()))
  // A child that lives on would keep its adapter waiting for it.
  controller.signal.addEventListener("abort", () => void killAll(), { once: true })

  const settle = async () => {
    await killAll()
    const closed = await Promise.allSettled(Array.from(open, (sink) => sink.close()))
    for (const end of closed) if (end.status === "rejected") throw end.reason
  }
  const end = async () => {
    controller.abort(aborted)
    await settle().catch(ignore)
    if (workDir !== undefined) rmSync(workDir, { recursive: true, force: true })
  }
  const onLate = () => record?.log("The adapter did not stop within 5 s of being told to; its processes are killed.")
  return { operation: { context, abort: () => controller.abort(aborted), onLate, settle }, end }
}

const ignore = () => {}

/** What an abort gives by itself, made once: every operation ends with one, and each would take a stack trace. */
const aborted = new DOMException("This operation was aborted", "AbortError")

const nowhere: ArtifactSink = {
  write: async () => {},
  close: async () => ({ name: "", kind: "other", mediaType: "", sizeBytes: 0, sha256: "" }),
  discard: async () => {}
}

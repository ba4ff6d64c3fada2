import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Child, Context } from "../adapter/Adapter.ts"
import { childEnvironment } from "../launch/childEnvironment.ts"
import { spawnChild } from "../launch/spawnChild.ts"

/** A context as the studio lends it: processes die at abort and at the end, the folder and the artifacts go. */
export interface LawContext extends AsyncDisposable {
  readonly context: Context
}

export const makeLawContext = async (runId: string | null, signal: AbortSignal): Promise<LawContext> => {
  const workDir = await mkdtemp(join(tmpdir(), "studio-law-"))
  const children: Child[] = []
  const killAll = () => Promise.all(children.map((child) => child.kill()))
  const onAbort = () => void killAll()
  signal.addEventListener("abort", onAbort, { once: true })
  return {
    context: {
      runId,
      signal,
      workDir,
      log: () => {},
      artifact: async () => new WritableStream<Uint8Array>(),
      spawn: (argv, { env, cwd = workDir }) => {
        const child = spawnChild(argv, { env: childEnvironment(process.env, env), cwd, write: async () => {} })
        children.push(child)
        return child
      }
    },
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener("abort", onAbort)
      await killAll()
      await rm(workDir, { recursive: true, force: true })
    }
  }
}

import { setTimeout as sleep } from "node:timers/promises"
import { processesOf, type ProcessTree } from "./processTree.ts"

/** Ends a whole process tree: SIGTERM, and SIGKILL for what is left after 2 s. Resolves when nothing of it lives. */
export const killTree = async (tree: ProcessTree): Promise<void> => {
  for (const [signal, patienceMs] of [
    ["SIGTERM", 2000],
    ["SIGKILL", 1000]
  ] as const) {
    const deadline = performance.now() + patienceMs
    const signalled = new Set<number>()
    for (;;) {
      const living = await processesOf(tree)
      if (living.length === 0) return
      // Again and again, as the tree may still grow.
      for (const pid of living) if (!signalled.has(pid)) send(pid, signal)
      for (const pid of living) signalled.add(pid)
      if (performance.now() > deadline) break
      await sleep(20)
    }
  }
}

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself meanwhile.
  }
}

import type { ParityProgress, Studio } from "@sglang-studio/core"
import { isFinished, type Run } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"

/**
 * Shows on stderr what the runs are doing: one line that keeps changing on a terminal, one line per change of state
 * elsewhere. `end` leaves the terminal clean.
 */
export function showProgress(studio: Studio, runs: readonly Run[], quiet: boolean): { end(): Promise<void> } {
  if (quiet) return { end: async () => {} }
  const stop = new AbortController()
  const live = process.stderr.isTTY
  const state = new Map(runs.map((run) => [run.id, `${run.backend} queued`]))
  const draw = () => {
    if (live) process.stderr.write(`\r\u001b[K${[...state.values()].join("   ")}`)
  }
  const following = Promise.all(
    runs.map(async (run) => {
      for await (const { event } of studio.runs.events(run.id, { signal: stop.signal })) {
        if (event.type === "status") {
          state.set(run.id, `${run.backend} ${event.status}`)
          if (!live) process.stderr.write(`${run.backend} ${run.id} ${event.status}\n`)
          if (isFinished(event.status)) break
        } else if (event.type === "progress") {
          const { done, total, unit } = event.progress
          state.set(run.id, `${run.backend} ${done}${total === null ? "" : `/${total}`} ${unit}`)
        } else if (event.type === "fallback")
          process.stderr.write(`${live ? "\n" : ""}${run.backend}: mock instead (${event.message})\n`)
        draw()
      }
    })
  ).catch(() => {})
  draw()
  return {
    end: async () => {
      stop.abort()
      await following
      if (live) process.stderr.write("\r\u001b[K")
    }
  }
}

/**
 * Shows on stderr how far a check in several stages is: one line that keeps changing on a terminal, one line per stage
 * elsewhere.
 */
export function showStages(quiet: boolean): { show(progress: ParityProgress): void; end(): void } {
  if (quiet) return { show: () => {}, end: () => {} }
  const live = process.stderr.isTTY
  return {
    show: ({ stage, done, total }) => {
      if (live) process.stderr.write(`\r\u001b[K${stage}: ${done} of ${count(total, "run")}`)
      else if (done === total) process.stderr.write(`${stage}: ${count(total, "run")}\n`)
    },
    end: () => {
      if (live) process.stderr.write("\r\u001b[K")
    }
  }
}

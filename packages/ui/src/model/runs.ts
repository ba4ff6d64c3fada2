import { isFinished, type Run } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { onLive, onResume } from "./live.ts"
import { lastOf, loaded, type Loaded } from "./load.ts"

const cache = new Map<string, Loaded<Run>>()
const limit = 400

/** The run with this id, fetched once and kept fresh by the event stream. */
export const runById = (id: string): Loaded<Run> => {
  const known = cache.get(id)
  if (known !== undefined) return known
  const run = loaded(() => api.getRun({ id }))
  cache.set(id, run)
  if (cache.size > limit) cache.delete(cache.keys().next().value ?? "")
  return run
}

/** Puts a run that an answer carried, so that nobody fetches it again. */
export const rememberRun = (run: Run): Loaded<Run> => {
  const entry = runById(run.id)
  entry.set(run)
  return entry
}

// A log line or a token changes nothing that a run's record holds.
const changesRecord = new Set([
  "status",
  "probed",
  "fallback",
  "progress",
  "finding",
  "artifact",
  "trace",
  "result",
  "annotated"
])

onLive(({ runId, event }) => {
  if (changesRecord.has(event.type)) void cache.get(runId)?.refresh()
})

onResume(() => {
  for (const run of cache.values()) {
    const last = lastOf(run.load.peek())
    if (last === null || !isFinished(last.status)) void run.refresh()
  }
})

import type { ReadonlySignal } from "@preact/signals"
import type { RunSummary } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { valueFaults } from "../base/filterWords.ts"
import { filterQuery, type RunFilter } from "../base/runFilter.ts"
import { atMostEvery } from "./atMostEvery.ts"
import { onLive, onResume } from "./live.ts"
import { loaded, type Load } from "./load.ts"

interface RunPage {
  readonly items: readonly RunSummary[]
  readonly nextCursor: string | null
}

/** One page of the runs that a filter lets through, newest first, kept fresh by the event stream. */
export interface RunList {
  readonly load: ReadonlySignal<Load<RunPage>>
  refresh(): Promise<void>
  dispose(): void
}

const pageSize = 50
const settleMs = 300
const changesRow = new Set(["created", "status", "progress", "annotated", "fallback"])

/** The page after a cursor; null: the newest runs. */
export const createRunList = (filter: RunFilter, cursor: string | null): RunList => {
  const isVain = valueFaults(filter).length > 0
  const page = loaded<RunPage>(async () =>
    isVain
      ? { items: [], nextCursor: null }
      : api.listRuns({ ...filterQuery(filter), limit: pageSize, ...(cursor === null ? {} : { cursor }) })
  )
  // A campaign never pauses for breath: the page is fetched again at most this often, not after the last event.
  const soon = atMostEvery(settleMs, () => void page.refresh())
  const stopLive = onLive(({ event }) => changesRow.has(event.type) && soon.want())
  const stopResume = onResume(soon.want)
  return {
    load: page.load,
    refresh: page.refresh,
    dispose: () => {
      soon.stop()
      stopLive()
      stopResume()
    }
  }
}

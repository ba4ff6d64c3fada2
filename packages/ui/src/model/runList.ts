import { signal, type ReadonlySignal } from "@preact/signals"
import type { RunSummary } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import type { RunFilter } from "../base/runFilter.ts"
import { onLive, onResume } from "./live.ts"
import { loaded, type Load } from "./load.ts"

interface RunPage {
  readonly items: readonly RunSummary[]
  readonly nextCursor: string | null
}

/** The runs that a filter lets through, newest first, page by page, kept fresh by the event stream. */
export interface RunList {
  readonly load: ReadonlySignal<Load<RunPage>>
  readonly more: ReadonlySignal<boolean>
  refresh(): Promise<void>
  loadMore(): Promise<void>
  dispose(): void
}

const pageSize = 50
const mostAtOnce = 500
const settleMs = 300
const changesRow = new Set(["created", "status", "progress", "annotated", "fallback"])

export const createRunList = (filter: RunFilter): RunList => {
  let wanted = pageSize
  const page = loaded<RunPage>(async () => {
    const first = await api.listRuns({ ...filter, limit: Math.min(wanted, mostAtOnce) })
    return { items: first.items, nextCursor: first.nextCursor }
  })
  const more = signal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void page.refresh(), settleMs)
  }
  const stopLive = onLive(({ event }) => changesRow.has(event.type) && soon())
  const stopResume = onResume(soon)
  return {
    load: page.load,
    more,
    refresh: page.refresh,
    loadMore: async () => {
      const now = page.load.peek()
      if (now.state !== "ready" || now.value.nextCursor === null || more.peek()) return
      more.value = true
      try {
        const next = await api.listRuns({ ...filter, limit: pageSize, cursor: now.value.nextCursor })
        wanted = now.value.items.length + next.items.length
        page.set({ items: [...now.value.items, ...next.items], nextCursor: next.nextCursor })
      } finally {
        more.value = false
      }
    },
    dispose: () => {
      clearTimeout(timer)
      stopLive()
      stopResume()
    }
  }
}

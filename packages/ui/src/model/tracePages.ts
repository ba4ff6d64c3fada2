import { signal, type ReadonlySignal } from "@preact/signals"
import type { Run, TraceHeader, TraceSlice } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { toProblem, type Problem } from "../api/problem.ts"

export const pageSize = 512

/** One position of a trace. */
export interface TraceRow {
  readonly id: number
  readonly token: string | null
  /** Natural log; null at position 0 means no value, elsewhere minus infinity. */
  readonly logprob: number | null
  readonly rank: number | null
  readonly topIds: readonly number[]
  readonly topLogprobs: readonly (number | null)[]
}

/** A stored trace of which only the pages in use are here. */
export interface TracePages {
  readonly runId: string
  readonly header: TraceHeader
  /** Changes when a page has come: read it to follow. */
  readonly version: ReadonlySignal<number>
  readonly problem: ReadonlySignal<Problem | null>
  row(position: number): TraceRow | null
  /** Resolves when positions [from, to) are here. */
  ensure(from: number, to: number): Promise<void>
  /** How many pages of positions [from, to) are here: changes exactly when these rows do. */
  loadedPages(from: number, to: number): number
  /** Texts of the token ids met so far. */
  readonly vocabulary: ReadonlyMap<number, string>
}

const cache = new Map<string, TracePages>()
const vocabularies = new Map<string, Map<number, string>>()

/** What is met in one trace names the alternatives of every other with the same tokenizer. */
const vocabularyOf = ({ backend, fingerprint }: TracedRun): Map<number, string> => {
  const key = fingerprint?.tokenizerHash ?? backend
  const known = vocabularies.get(key) ?? new Map<number, string>()
  vocabularies.set(key, known)
  return known
}

type TracedRun = Pick<Run, "id" | "backend" | "fingerprint">

export const tracePages = (run: TracedRun, header: TraceHeader): TracePages => {
  const key = `${run.id} ${header.case}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = create(run.id, header, vocabularyOf(run))
  cache.set(key, made)
  if (cache.size > 40) cache.delete(cache.keys().next().value ?? "")
  return made
}

const create = (runId: string, header: TraceHeader, vocabulary: Map<number, string>): TracePages => {
  const pages = new Map<number, TraceSlice>()
  const pending = new Map<number, Promise<void>>()
  const version = signal(0)
  const problem = signal<Problem | null>(null)

  const fetchPage = async (page: number): Promise<void> => {
    const from = page * pageSize
    try {
      const to = Math.min(from + pageSize, header.length)
      const slice = await api.runTrace({ id: runId, case: header.case, from, to })
      pages.set(page, slice)
      slice.ids.forEach((id, index) => {
        const token = slice.tokens[index]
        if (token !== null && token !== undefined) vocabulary.set(id, token)
      })
      problem.value = null
    } catch (thrown) {
      problem.value = toProblem(thrown)
    } finally {
      pending.delete(page)
      announce()
    }
  }

  // Pages that come together are told together.
  let announced = false
  const announce = () => {
    if (announced) return
    announced = true
    queueMicrotask(() => {
      announced = false
      version.value = version.peek() + 1
    })
  }

  const page = (index: number): Promise<void> => {
    if (pages.has(index)) return Promise.resolve()
    const running = pending.get(index) ?? fetchPage(index)
    pending.set(index, running)
    return running
  }

  const pagesOf = (from: number, to: number): readonly number[] => {
    const first = Math.floor(Math.max(0, from) / pageSize)
    const last = Math.floor((Math.min(to, header.length) - 1) / pageSize)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  }

  return {
    runId,
    header,
    version,
    problem,
    vocabulary,
    row: (position) => {
      const slice = pages.get(Math.floor(position / pageSize))
      return slice === undefined ? null : rowOf(slice, position - slice.from)
    },
    loadedPages: (from, to) => pagesOf(from, to).filter((index) => pages.has(index)).length,
    ensure: async (from, to) => {
      await Promise.all(pagesOf(from, to).map(page))
    }
  }
}

const rowOf = (slice: TraceSlice, index: number): TraceRow | null => {
  const id = slice.ids[index]
  if (id === undefined) return null
  return {
    id,
    token: slice.tokens[index] ?? null,
    logprob: slice.logprobs[index] ?? null,
    rank: slice.ranks[index] ?? null,
    topIds: slice.top?.ids[index] ?? [],
    topLogprobs: slice.top?.logprobs[index] ?? []
  }
}

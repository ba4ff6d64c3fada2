import { signal, type ReadonlySignal } from "@preact/signals"
import type { Run, TraceHeader, TraceSlice } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { toProblem, type Problem } from "../api/problem.ts"

export const pageSize = 128

/** Alternatives weigh the most: they are fetched for a few positions at a time. */
const topSize = 16

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
  /** Resolves when the alternatives of a position are here. */
  ensureTop(position: number): Promise<void>
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
  const tops = new Map<number, TraceSlice>()
  const pending = new Map<number, Promise<void>>()
  const asked = new Set<number>()
  const version = signal(0)
  const problem = signal<Problem | null>(null)

  const fetchSlice = async (from: number, to: number, top: boolean): Promise<TraceSlice | null> => {
    try {
      const slice = await api.runTrace({ id: runId, case: header.case, from, to: Math.min(to, header.length), top })
      slice.ids.forEach((id, index) => {
        const token = slice.tokens[index]
        if (token !== null && token !== undefined) vocabulary.set(id, token)
      })
      problem.value = null
      return slice
    } catch (thrown) {
      problem.value = toProblem(thrown)
      return null
    }
  }

  const fetchPages = async (wanted: readonly number[]): Promise<void> => {
    const [first = 0] = wanted
    const slice = await fetchSlice(first * pageSize, (first + wanted.length) * pageSize, false)
    for (const page of wanted) {
      pending.delete(page)
      if (slice !== null) pages.set(page, slice)
    }
    announce()
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
      if (slice === undefined) return null
      const top = tops.get(Math.floor(position / topSize)) ?? null
      return rowOf(slice, position - slice.from, top, position - (top?.from ?? 0))
    },
    loadedPages: (from, to) => pagesOf(from, to).filter((index) => pages.has(index)).length,
    ensure: async (from, to) => {
      const wanted = pagesOf(from, to)
      const missing = wanted.filter((page) => !pages.has(page) && !pending.has(page))
      for (const group of consecutive(missing)) {
        const fetched = fetchPages(group)
        for (const page of group) pending.set(page, fetched)
      }
      await Promise.all(wanted.map((page) => pending.get(page)))
    },
    ensureTop: async (position) => {
      const index = Math.floor(position / topSize)
      if (position < 0 || position >= header.length || tops.has(index) || asked.has(index)) return
      asked.add(index)
      const slice = await fetchSlice(index * topSize, (index + 1) * topSize, true)
      asked.delete(index)
      if (slice !== null) tops.set(index, slice)
      announce()
    }
  }
}

/** Most pages of one request. */
const mostAtOnce = 16

const consecutive = (sorted: readonly number[]): readonly (readonly number[])[] =>
  sorted.reduce<readonly (readonly number[])[]>((groups, page) => {
    const last = groups.at(-1)
    return last !== undefined && last.at(-1) === page - 1 && last.length < mostAtOnce
      ? [...groups.slice(0, -1), [...last, page]]
      : [...groups, [page]]
  }, [])

const rowOf = (slice: TraceSlice, index: number, top: TraceSlice | null, topIndex: number): TraceRow | null => {
  const id = slice.ids[index]
  if (id === undefined) return null
  return {
    id,
    token: slice.tokens[index] ?? null,
    logprob: slice.logprobs[index] ?? null,
    rank: slice.ranks[index] ?? null,
    topIds: top?.top?.ids[topIndex] ?? [],
    topLogprobs: top?.top?.logprobs[topIndex] ?? []
  }
}

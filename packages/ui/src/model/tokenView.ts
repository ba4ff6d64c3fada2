import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals"
import { heatStep, surpriseStep } from "../base/heat.ts"
import { pageSize, type TracePages, type TraceRow } from "./tracePages.ts"

export type Part = "input" | "output"

/** Two traces of one request (or one alone) as rows to look at. */
export interface TokenView {
  readonly sides: readonly TracePages[]
  /** In nats; null where the comparison has none, or where one trace stands alone. */
  readonly tolerance: number | null
  readonly promptLength: number
  readonly length: number
  /** Where one side has more leading tokens: the candidate's row of baseline position i is i + shift. */
  shift(): number
  readonly hover: Signal<number | null>
  /** Changes when rows have come. */
  readonly version: ReadonlySignal<number>
  row(position: number): TokenRow | null
  /** Changes exactly when rows of [from, to) have come. */
  loadedPages(from: number, to: number): number
  ensure(from: number, to: number): Promise<void>
  /** The alternatives of a position, on every side. */
  ensureTop(position: number): Promise<void>
  /** The next position after (or before) `from` that stands out, within [low, high); null where none does. */
  find(from: number, step: 1 | -1, low: number, high: number): Promise<number | null>
  /** The first position over tolerance in [low, high) among those that are here. */
  first(low: number, high: number): number | null
  /** The position that stands out most in [low, high) among those that are here. */
  worst(low: number, high: number): number | null
}

export interface TokenRow {
  readonly position: number
  readonly sides: readonly (TraceRow | null)[]
  /** Candidate - baseline in nats; null where there is nothing to compare. */
  readonly delta: number | null
  /** |delta| in units of tolerance, or the nats of surprise of a single trace. */
  readonly size: number | null
  /** 0..5. */
  readonly heat: number
  /** Over tolerance, or where the sides hold different tokens. */
  readonly over: boolean
  readonly sameToken: boolean
}

export const createTokenView = (sides: readonly TracePages[], tolerance: number | null): TokenView => {
  const promptLength = sides[0]?.header.promptLength ?? 0
  const length = promptLength + Math.max(...sides.map(({ header }) => header.length - header.promptLength))
  const shift = leadingShift(sides)

  const row = (position: number): TokenRow | null => {
    const rows = withTexts(sides.map((side, index) => side.row(index === 0 ? position : position + shift())))
    return rows.every((one) => one === null) ? null : judge(position, rows, tolerance)
  }
  const ensure = async (from: number, to: number): Promise<void> => {
    await Promise.all(
      sides.map((side, index) => side.ensure(from + Math.min(0, index * shift()), to + Math.max(0, index * shift())))
    )
  }
  return {
    sides,
    tolerance,
    promptLength,
    length,
    shift,
    hover: signal(null),
    version: computed(() => sides.reduce((sum, side) => sum + side.version.value, 0)),
    row,
    loadedPages: (from, to) => sides.reduce((sum, side) => sum + side.loadedPages(from, to), 0),
    ensure,
    ensureTop: async (position) => {
      await Promise.all(sides.map((side, index) => side.ensureTop(index === 0 ? position : position + shift())))
    },
    find: async (from, step, low, high) => {
      for (let position = from + step; position >= low && position < high; position += step) {
        const here = row(position)
        if (here === null) await ensure(...stretch(position, step))
        if ((here ?? row(position))?.over) return position
      }
      return null
    },
    first: (low, high) => {
      for (let position = low; position < high; position++) if (row(position)?.over) return position
      return null
    },
    worst: (low, high) => {
      let best: TokenRow | null = null
      for (let position = low; position < high; position++) {
        const here = row(position)
        if (here?.size != null && here.size > (best?.size ?? -1)) best = here
      }
      return best?.position ?? null
    }
  }
}

/** Enough equal ids in a row to be sure that the sides differ by their leading tokens only. */
const telling = 24

/** The shift that a missing BOS or another template makes, found as soon as the first rows of both sides are here. */
const leadingShift = (sides: readonly TracePages[]): (() => number) => {
  const [left, right] = sides
  const by = left === undefined || right === undefined ? 0 : right.header.promptLength - left.header.promptLength
  let found: number | null = by === 0 ? 0 : null
  return () => {
    if (found !== null || left === undefined || right === undefined) return found ?? 0
    const first = Math.max(0, -by)
    for (let position = first; position < Math.min(first + telling, left.header.promptLength); position++) {
      const pair = [left.row(position), right.row(position + by)]
      if (pair[0] == null || pair[1] == null) return 0
      if (pair[0].id !== pair[1].id) {
        found = 0
        return found
      }
    }
    found = by
    return found
  }
}

const pagesAhead = 16

/** What is fetched at once on the way to the next position: some pages in the direction of the search. */
const stretch = (position: number, step: 1 | -1): readonly [number, number] => {
  const page = Math.floor(position / pageSize) * pageSize
  return step === 1 ? [page, page + pagesAhead * pageSize] : [page - (pagesAhead - 1) * pageSize, page + pageSize]
}

// An engine may name its tokens while the other gives ids only; the same id is the same text.
const withTexts = (rows: readonly (TraceRow | null)[]): readonly (TraceRow | null)[] =>
  rows.map((row) =>
    row === null || row.token !== null
      ? row
      : { ...row, token: rows.find((other) => other?.id === row.id && other.token !== null)?.token ?? null }
  )

const judge = (position: number, rows: readonly (TraceRow | null)[], tolerance: number | null): TokenRow => {
  const [left = null, right = null] = rows
  if (rows.length < 2) {
    const size = left?.logprob == null ? null : -left.logprob
    const heat = size === null ? 0 : surpriseStep(size)
    return { position, sides: rows, delta: null, size, heat, over: heat >= 4, sameToken: true }
  }
  const sameToken = left !== null && right !== null && left.id === right.id
  const delta = sameToken && left.logprob !== null && right.logprob !== null ? right.logprob - left.logprob : null
  const size = delta === null ? null : tolerance === null ? null : Math.abs(delta) / tolerance
  const parted = left !== null && right !== null && !sameToken
  return {
    position,
    sides: rows,
    delta,
    size,
    heat: parted ? 5 : size === null ? 0 : heatStep(size),
    over: parted || (size !== null && size > 1),
    sameToken
  }
}

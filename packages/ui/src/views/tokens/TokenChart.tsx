import type { Signal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import { count, significant } from "../../base/format.ts"
import { Plot, type PlotMark, type PlotSeries } from "../../charts/Plot.tsx"
import { sideOf } from "../../base/sides.ts"
import type { TokenRow } from "../../model/tokenView.ts"
import { measured, measureWord } from "./measure.ts"
import type { Selection } from "./TokenPanel.tsx"

/** As many positions as one screen can tell apart; a longer trace shows a window around the selection, light to fetch. */
const mostInWhole = 2048
const windowOf = (sides: number): number => (sides > 1 ? 256 : 512)

export const TokenChart = ({
  selection,
  zoom
}: {
  selection: Selection
  zoom: Signal<readonly [number, number] | null>
}) => {
  const { view, low, high, position, measure, select } = selection
  void view.version.value
  const span = high - low <= mostInWhole ? mostInWhole : windowOf(view.sides.length)
  const from = low + Math.floor((position - low) / span) * span
  const to = Math.min(high, from + span)
  useEffect(() => void view.ensure(from, to), [view, from, to])
  const loadedPages = view.loadedPages(from, to)
  const rows = useMemo(
    () => Array.from({ length: to - from }, (_, index) => view.row(from + index)),
    [view, from, to, loadedPages]
  )
  const x = useMemo(() => rows.map((_, index) => from + index), [rows])
  const lines = useMemo(() => valueSeries(rows, selection), [rows, measure])
  const bars = useMemo(() => deltaSeries(rows), [rows])
  const worst = useMemo(() => view.worst(from, to), [rows])
  const first = useMemo(() => (view.sides.length > 1 ? view.first(from, to) : null), [rows])
  const marks = useMemo(() => marksOf(selection, worst, first), [position, worst, first])
  const silent = useMemo(() => marks.map((mark) => ({ ...mark, text: "" })), [marks])
  const tolerance = view.tolerance
  const band = useMemo(
    () => (tolerance === null ? undefined : { to: tolerance, text: `tolerance ${significant(tolerance)}` }),
    [tolerance]
  )
  const whole: readonly [number, number] = [from - 0.5, to - 0.5]
  const range = zoom.value ?? whole
  const common = {
    x,
    xRange: range,
    xText: wholePosition,
    syncKey: "tokens",
    hover: view.hover,
    onHover: (at: number | null) => (view.hover.value = at),
    onPick: select,
    onZoom: (next: readonly [number, number] | null) => (zoom.value = next)
  }
  const paired = view.sides.length > 1
  return (
    <div class="token-chart">
      {(zoom.value !== null || to - from < high - low) && (
        <p class="token-window faint">
          positions {count(Math.ceil(range[0]))}
          {"\u2013"}
          {count(Math.floor(range[1]))} of {count(high - low)}
          {zoom.value !== null && (
            <button type="button" class="link" onClick={() => (zoom.value = null)}>
              all
            </button>
          )}
        </p>
      )}
      <Plot
        {...common}
        label={`${measureWord[measure]} by position`}
        height={128}
        series={lines}
        marks={marks}
        hideXAxis={paired}
        yText={significantAxis}
      />
      {paired && (
        <Plot
          {...common}
          label="Absolute difference by position, logarithmic"
          height={86}
          series={bars}
          marks={silent}
          yLog
          yRange={deltaRange(rows, tolerance)}
          {...(band === undefined ? {} : { band })}
          yText={decade}
        />
      )}
    </div>
  )
}

const significantAxis = (value: number): string => significant(value, 2)
const wholePosition = (value: number): string => (Number.isInteger(value) ? count(value) : "")
const decade = (value: number): string =>
  value >= 0.01 ? String(Number(value.toPrecision(1))) : value.toExponential(0)

const valueSeries = (rows: readonly (TokenRow | null)[], { view, measure, labels, arms }: Selection): PlotSeries[] =>
  view.sides
    .map((_, side): PlotSeries => ({
      label: labels[side] ?? "",
      colour: sideOf(arms[side] ?? side),
      draw: "line",
      values: rows.map((row) => measured(row?.sides[side] ?? null, measure))
    }))
    .toReversed()

const deltaSeries = (rows: readonly (TokenRow | null)[]): PlotSeries[] => {
  const size = (row: TokenRow | null): number | null =>
    row?.delta == null || row.delta === 0 ? null : Math.abs(row.delta)
  return [
    {
      label: "within tolerance",
      colour: "ink-2",
      draw: "bars",
      values: rows.map((row) => (row?.over ? null : size(row)))
    },
    { label: "over tolerance", colour: "fail", draw: "bars", values: rows.map((row) => (row?.over ? size(row) : null)) }
  ]
}

const deltaRange = (rows: readonly (TokenRow | null)[], tolerance: number | null): readonly [number, number] => {
  const sizes = rows.flatMap((row) => (row?.delta == null || row.delta === 0 ? [] : [Math.abs(row.delta)]))
  const top = Math.max(...sizes, (tolerance ?? 1e-6) * 2.5, 1e-9)
  const foot = Math.min(...sizes, top / 100)
  return [10 ** Math.max(Math.floor(Math.log10(foot)), Math.log10(top) - 7), top * 1.6]
}

/** The selected position, and where the sides first and most part. */
const marksOf = ({ position, view }: Selection, worst: number | null, first: number | null): PlotMark[] => {
  const over = (at: number): boolean => view.row(at)?.over ?? false
  const named = [
    worst !== null && over(worst) ? { at: worst, word: "worst" } : null,
    first === null ? null : { at: first, word: "first" }
  ]
  const marks = named.flatMap((one) =>
    one === null ? [] : [{ at: one.at, text: `${one.word} \u00b7 ${one.at}`, colour: "fail" }]
  )
  const others = first === worst ? marks.slice(0, 1) : marks
  if (others.some((mark) => mark.at === position)) return others
  return [
    ...others,
    {
      at: position,
      text: position === worst && view.row(worst)?.delta !== 0 ? `largest \u00b7 ${position}` : String(position),
      colour: "ink-3"
    }
  ]
}

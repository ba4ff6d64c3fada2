import { useEffect, useRef } from "preact/hooks"
import type { ReadonlySignal } from "@preact/signals"
import "./locale.ts"
import UPlot from "uplot"
import "./plot.css"
import type { Trail } from "./drawTrails.ts"
import { isDark } from "../model/theme.ts"
import { readPalette } from "./palette.ts"
import { plotOptions } from "./plotOptions.ts"

export interface PlotSeries {
  readonly label: string
  /** Name of a token of the stylesheet, such as `left`. */
  readonly colour: string
  /** `none`: only spans the axes. */
  readonly draw: "line" | "bars" | "dots" | "steps" | "none"
  readonly values: readonly (number | null)[]
}

/** A line across the plot with a word. */
export interface PlotMark {
  readonly at: number
  readonly text: string
  readonly colour: string
  /** Its word stands at the foot, where a rising curve leaves room. */
  readonly atFoot?: boolean
}

export interface PlotProps {
  readonly label: string
  readonly height: number
  readonly x: readonly number[]
  readonly series: readonly PlotSeries[]
  readonly xRange?: readonly [number, number]
  readonly yRange?: readonly [number, number]
  readonly yLog?: boolean
  /** Where the x axis is labelled; default: round numbers. */
  readonly xSplits?: readonly number[]
  readonly xText?: (value: number) => string
  readonly yText?: (value: number) => string
  /** Vertical. */
  readonly marks?: readonly PlotMark[]
  readonly trails?: readonly Trail[]
  /** From the foot of the plot up to here lies what is tolerated. */
  readonly band?: { readonly to: number; readonly text: string }
  /** Plots with one key share their cursor. */
  readonly syncKey?: string
  readonly hover?: ReadonlySignal<number | null>
  readonly onHover?: (x: number | null) => void
  readonly onPick?: (x: number) => void
  /** Null: back to everything. */
  readonly onZoom?: (range: readonly [number, number] | null) => void
  readonly hideXAxis?: boolean
}

/** The one place that knows uPlot: a chart as data, redrawn in the colours of the theme. */
export const Plot = (props: PlotProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const drawn = useRef<UPlot | null>(null)
  const latest = useRef(props)
  latest.current = props
  const dark = isDark()

  useEffect(() => {
    const box = frame.current
    if (box === null) return
    const data: UPlot.AlignedData = [props.x as number[], ...props.series.map((one) => one.values as (number | null)[])]
    const plot = new UPlot(plotOptions(latest, readPalette(), box.clientWidth), data, box)
    drawn.current = plot
    const follow = new ResizeObserver(() => {
      if (box.clientWidth > 0) plot.setSize({ width: box.clientWidth, height: latest.current.height })
    })
    follow.observe(box)
    const stopHover = props.hover?.subscribe((x) => {
      if (x === null) plot.setCursor({ left: -10, top: -10 }, false)
      else if (!plot.over.matches(":hover")) plot.setCursor({ left: plot.valToPos(x, "x"), top: 0 }, false)
    })
    return () => {
      stopHover?.()
      follow.disconnect()
      plot.destroy()
      drawn.current = null
    }
  }, [dark, props.x, props.series, props.xRange?.[0], props.xRange?.[1], props.yLog])

  // A moved mark needs no new chart.
  useEffect(() => drawn.current?.redraw(false), [props.marks, props.band])

  return <div class="plot" ref={frame} role="img" aria-label={props.label} style={{ height: `${props.height}px` }} />
}

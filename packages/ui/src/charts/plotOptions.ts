import "./locale.ts"
import UPlot from "uplot"
import { drawTrails } from "./drawTrails.ts"
import type { Palette } from "./palette.ts"
import type { PlotProps, PlotSeries } from "./Plot.tsx"

const font = '11px "Inter Variable", system-ui, sans-serif'

/** uPlot's options for one of our plots; handlers go through `latest`, so that they are never outdated. */
export const plotOptions = (latest: { readonly current: PlotProps }, colour: Palette, width: number): UPlot.Options => {
  const props = latest.current
  const axis = (text: PlotProps["xText"], side: UPlot.Axis.Side, show: boolean): UPlot.Axis => ({
    side,
    show,
    size:
      side === 3 ? (_, values) => Math.max(46, 14 + 6.2 * Math.max(0, ...(values ?? []).map((one) => one.length))) : 22,
    gap: 4,
    font,
    stroke: colour("ink-3"),
    grid: { show: side === 3, stroke: colour("line"), width: 1 },
    ticks: { show: false },
    ...(text === undefined ? {} : { values: (_, values) => values.map((value) => (value === null ? "" : text(value))) })
  })
  return {
    width,
    height: props.height,
    padding: [10, 16, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, ...(props.xRange === undefined ? {} : { range: [props.xRange[0], props.xRange[1]] }) },
      y: {
        distr: props.yLog ? 3 : 1,
        ...(props.yRange === undefined ? {} : { range: [props.yRange[0], props.yRange[1]] })
      }
    },
    axes: [
      { ...axis(props.xText, 2, !props.hideXAxis), ...splitsAt(props.xSplits) },
      { ...axis(props.yText, 3, true), ...(props.yLog ? logSplits : {}) }
    ],
    series: [{}, ...props.series.map((one) => seriesOptions(one, colour))],
    cursor: {
      y: false,
      drag: { x: props.onZoom !== undefined, y: false, setScale: false },
      points: { show: props.series.some(({ draw }) => draw !== "bars" && draw !== "none"), size: 6 },
      x: props.trails === undefined,
      ...(props.syncKey === undefined ? {} : { sync: { key: props.syncKey } })
    },
    hooks: {
      drawClear: [(plot) => drawBand(plot, latest.current, colour)],
      draw: [
        (plot) => drawMarks(plot, latest.current, colour),
        (plot) => drawTrails(plot, latest.current.trails ?? [], colour)
      ],
      setCursor: [
        (plot) => {
          const x =
            plot.cursor.idx == null || (plot.cursor.left ?? -1) < 0 ? null : (plot.data[0][plot.cursor.idx] ?? null)
          if (plot.over.matches(":hover")) latest.current.onHover?.(x)
        }
      ],
      setSelect: [
        (plot) => {
          const { left, width: size } = plot.select
          if (size > 4) latest.current.onZoom?.([plot.posToVal(left, "x"), plot.posToVal(left + size, "x")])
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        }
      ],
      ready: [
        (plot) => {
          plot.over.addEventListener("click", () => {
            const x = plot.cursor.idx == null ? undefined : plot.data[0][plot.cursor.idx]
            if (x !== undefined) latest.current.onPick?.(x)
          })
          plot.over.addEventListener("dblclick", () => latest.current.onZoom?.(null))
          plot.over.addEventListener("mouseleave", () => latest.current.onHover?.(null))
        }
      ]
    }
  }
}

const splitsAt = (places: PlotProps["xSplits"]): Partial<UPlot.Axis> =>
  places === undefined ? {} : { splits: (_, __, min, max) => places.filter((one) => one >= min && one <= max) }

// One gridline a decade, so that a small panel is not filled with lines.
const logSplits: Partial<UPlot.Axis> = {
  filter: (_, splits) => splits,
  splits: (_, __, min, max) => {
    const first = Math.ceil(Math.log10(min) - 1e-9)
    const last = Math.floor(Math.log10(max) + 1e-9)
    const step = Math.max(1, Math.ceil((last - first) / 3))
    return Array.from(
      { length: Math.floor((last - first) / step) + 1 },
      (_, index) => 10 ** (last - index * step)
    ).toReversed()
  }
}

const seriesOptions = ({ label, colour: name, draw, values }: PlotSeries, colour: Palette): UPlot.Series => {
  const stroke = colour(name)
  const common = { label, stroke, width: 1.5 / devicePixelRatio + 0.5 }
  const dense = values.length > 160
  if (draw === "bars" && UPlot.paths.bars !== undefined) {
    return {
      ...common,
      fill: stroke,
      width: 0,
      points: { show: false },
      paths: UPlot.paths.bars({ size: [0.35, 3, 1.5], align: 0 }),
      fillTo: (plot: UPlot) => plot.scales["y"]?.min ?? 0
    }
  }
  if (draw === "none") return { ...common, paths: () => null, points: { show: false } }
  if (draw === "dots") return { ...common, paths: () => null, points: { show: true, size: 4, fill: stroke, width: 0 } }
  if (draw === "steps" && UPlot.paths.stepped !== undefined) {
    return { ...common, points: { show: false }, paths: UPlot.paths.stepped({ align: 1 }) }
  }
  return { ...common, points: { show: !dense, size: 4, fill: stroke, width: 0 } }
}

const drawBand = (plot: UPlot, { band }: PlotProps, colour: Palette): void => {
  if (band === undefined) return
  const { ctx, bbox } = plot
  const top = Math.max(bbox.top, plot.valToPos(band.to, "y", true))
  ctx.save()
  ctx.fillStyle = colour("pass-ground")
  ctx.fillRect(bbox.left, top, bbox.width, bbox.top + bbox.height - top)
  ctx.restore()
}

const drawMarks = (plot: UPlot, { band, marks = [] }: PlotProps, colour: Palette): void => {
  const { ctx, bbox } = plot
  const scale = devicePixelRatio
  ctx.save()
  ctx.font = `${10.5 * scale}px "Inter Variable", system-ui, sans-serif`
  ctx.lineWidth = scale
  // uPlot leaves the one of its axes.
  ctx.textBaseline = "alphabetic"
  if (band !== undefined) {
    const y = plot.valToPos(band.to, "y", true)
    if (y > bbox.top - 1) {
      ctx.strokeStyle = colour("pass")
      ctx.setLineDash([3 * scale, 3 * scale])
      line(ctx, bbox.left, y, bbox.left + bbox.width, y)
      ctx.setLineDash([])
      ctx.fillStyle = colour("pass-ink")
      ctx.textAlign = "center"
      // Bars run behind it.
      ctx.lineWidth = 3 * scale
      ctx.strokeStyle = colour("surface")
      ctx.strokeText(band.text, bbox.left + bbox.width / 2, y - 4 * scale)
      ctx.lineWidth = scale
      ctx.fillText(band.text, bbox.left + bbox.width / 2, y - 4 * scale)
    }
  }
  let taken = Number.NEGATIVE_INFINITY
  for (const mark of marks) {
    const x = plot.valToPos(mark.at, "x", true)
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue
    ctx.strokeStyle = colour(mark.colour)
    line(ctx, x, bbox.top, x, bbox.top + bbox.height)
    const before = x > bbox.left + bbox.width * 0.85
    ctx.fillStyle = colour(mark.colour)
    ctx.textAlign = before ? "right" : "left"
    const below = Math.abs(x - taken) < 70 * scale ? 12 : 0
    const y = mark.atFoot ? bbox.top + bbox.height - (5 + below) * scale : bbox.top + (9 + below) * scale
    ctx.fillText(mark.text, x + (before ? -5 : 5) * scale, y)
    if (mark.text !== "") taken = x
  }
  ctx.restore()
}

const line = (ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void => {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}

import type UPlot from "uplot"
import type { Palette } from "./palette.ts"

/** Points joined in their own order, which a chart's x order need not be. */
export interface Trail {
  /** Name of a token of the stylesheet, such as `left`. */
  readonly colour: string
  readonly points: readonly TrailPoint[]
}

interface TrailPoint {
  readonly x: number
  readonly y: number
  /** Ends of the interval of y. */
  readonly range: readonly [number, number] | null
  readonly label: string
}

export const drawTrails = (plot: UPlot, trails: readonly Trail[], colour: Palette): void => {
  const { ctx } = plot
  const scale = devicePixelRatio
  ctx.save()
  ctx.font = `${10.5 * scale}px "Inter Variable", system-ui, sans-serif`
  ctx.textAlign = "right"
  for (const { colour: name, points } of trails) {
    ctx.strokeStyle = colour(name)
    ctx.fillStyle = colour(name)
    ctx.lineWidth = 1.5 * scale
    ctx.beginPath()
    const at = points.map((point) => ({
      ...point,
      left: plot.valToPos(point.x, "x", true),
      top: plot.valToPos(point.y, "y", true)
    }))
    for (const { left, top } of at) ctx.lineTo(left, top)
    ctx.stroke()
    for (const { left, top, range } of at) {
      if (range !== null) {
        ctx.beginPath()
        for (const end of range) ctx.lineTo(left, plot.valToPos(end, "y", true))
        ctx.stroke()
      }
      ctx.beginPath()
      ctx.arc(left, top, 3.5 * scale, 0, 2 * Math.PI)
      ctx.fill()
    }
    // Curves of latency rise to the right: what is left above a point is free.
    ctx.fillStyle = colour("ink-3")
    for (const { left, top, label } of at) ctx.fillText(label, left - 5 * scale, top - 6 * scale)
  }
  ctx.restore()
}

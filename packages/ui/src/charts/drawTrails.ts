import type UPlot from "uplot"
import type { Palette } from "./palette.ts"
import { placeLabels, type Spot } from "./placeLabels.ts"

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
  const drawn = trails.map((trail) => ({ ...trail, points: trail.points.map((point) => onCanvas(plot, point)) }))
  ctx.save()
  ctx.lineWidth = 1.5 * devicePixelRatio
  for (const { colour: name, points } of drawn) {
    ctx.strokeStyle = colour(name)
    ctx.fillStyle = colour(name)
    ctx.beginPath()
    for (const [from, to] of linesOf(points)) {
      ctx.moveTo(from.left, from.top)
      ctx.lineTo(to.left, to.top)
    }
    ctx.stroke()
    for (const { left, top } of points) {
      ctx.beginPath()
      ctx.arc(left, top, 3.5 * devicePixelRatio, 0, 2 * Math.PI)
      ctx.fill()
    }
  }
  ctx.fillStyle = colour("ink-3")
  writeLabels(plot, drawn)
  ctx.restore()
}

interface Drawn extends Spot {
  readonly label: string
  /** Of the interval; none where there is none. */
  readonly ends: readonly number[]
}

const onCanvas = (plot: UPlot, { x, y, range, label }: TrailPoint): Drawn => ({
  left: plot.valToPos(x, "x", true),
  top: plot.valToPos(y, "y", true),
  ends: (range ?? []).map((end) => plot.valToPos(end, "y", true)),
  label
})

const writeLabels = ({ ctx, bbox }: UPlot, trails: readonly { readonly points: readonly Drawn[] }[]): void => {
  const size = 10.5 * devicePixelRatio
  ctx.font = `${size}px "Inter Variable", system-ui, sans-serif`
  ctx.textAlign = "left"
  ctx.textBaseline = "middle"
  const dots = trails.flatMap(({ points }) => points)
  const labelled = dots.filter(({ label }) => label !== "")
  const boxes = placeLabels(
    labelled.map((dot) => ({ at: dot, width: ctx.measureText(dot.label).width, height: size })),
    {
      dots,
      lines: trails.flatMap(({ points }) => linesOf(points)),
      frame: bbox,
      clear: 7 * devicePixelRatio
    }
  )
  for (const [index, box] of boxes.entries())
    if (box !== null) ctx.fillText(labelled[index]?.label ?? "", box.left, box.top + box.height / 2)
}

/** From point to point, and the interval of each. */
const linesOf = (points: readonly Drawn[]): readonly (readonly [Spot, Spot])[] => [
  ...points.slice(1).map((point, index): [Spot, Spot] => [points[index] ?? point, point]),
  ...points.flatMap(({ left, ends: [low, high] }): readonly [Spot, Spot][] =>
    low === undefined || high === undefined
      ? []
      : [
          [
            { left, top: low },
            { left, top: high }
          ]
        ]
  )
]

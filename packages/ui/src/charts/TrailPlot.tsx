import { useMemo } from "preact/hooks"
import type { Trail } from "./drawTrails.ts"
import { Plot, type PlotSeries } from "./Plot.tsx"

interface TrailPlotProps {
  readonly label: string
  readonly height: number
  readonly trails: readonly Trail[]
  readonly xText: (value: number) => string
  readonly yText: (value: number) => string
}

/** One figure against another, both from zero. */
export const TrailPlot = ({ trails, ...rest }: TrailPlotProps) => {
  const { x, series } = useMemo(() => {
    const points = trails.flatMap((trail) => trail.points)
    const width = Math.max(...points.map((point) => point.x)) * 1.08
    const height = Math.max(...points.flatMap((point) => [point.y, ...(point.range ?? [])])) * 1.12
    const corners: PlotSeries[] = [{ label: "", colour: "line", draw: "none", values: [0, height] }]
    return { x: [0, width], series: corners }
  }, [trails])
  return <Plot {...rest} x={x} series={series} trails={trails} />
}

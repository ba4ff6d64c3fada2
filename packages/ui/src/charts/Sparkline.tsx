const width = 56
const height = 16
const inset = 2.5

interface SparklineProps {
  /** Oldest first; two at least. */
  readonly values: readonly number[]
  /** Index of the one that is marked. */
  readonly at: number
  readonly label: string
}

/** A few values as a line the size of a word, one of them marked. */
export const Sparkline = ({ values, at, label }: SparklineProps) => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = (index: number) => inset + (index / (values.length - 1)) * (width - 2 * inset)
  const y = (value: number) =>
    high === low ? height / 2 : height - inset - ((value - low) / (high - low)) * (height - 2 * inset)
  return (
    <svg
      class="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polyline points={values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      <circle cx={x(at)} cy={y(values[at] ?? low)} r="2" />
    </svg>
  )
}

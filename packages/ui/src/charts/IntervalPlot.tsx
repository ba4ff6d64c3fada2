interface IntervalPlotProps {
  /** Positions on a scale of 0 (left edge) to 1 (right edge). */
  readonly value: number
  readonly interval: readonly [number, number] | null
  /** What lies within the margin, where there is one. */
  readonly band: readonly [number, number] | null
  /** Where nothing has changed. */
  readonly zero: number | null
  /** Null where nothing judges the value. */
  readonly tone: "pass" | "fail" | "inconclusive" | null
  readonly label: string
}

const percent = (at: number): string => `${Math.min(1, Math.max(0, at)) * 100}%`

/** A value, its interval where there is one, and the margin that it is judged by. */
export const IntervalPlot = ({ value, interval, band, zero, tone, label }: IntervalPlotProps) => (
  <svg class={`interval ${tone ?? ""}`} width="100%" height="18" role="img" aria-label={label}>
    {band !== null && (
      <>
        <rect class="interval-band" x={percent(band[0])} y="2" width={percent(band[1] - band[0])} height="14" />
        <line class="interval-margin" x1={percent(band[1])} x2={percent(band[1])} y1="0" y2="18" />
      </>
    )}
    {zero !== null && <line class="interval-zero" x1={percent(zero)} x2={percent(zero)} y1="3" y2="15" />}
    {interval !== null && (
      <>
        <line x1={percent(interval[0])} x2={percent(interval[1])} y1="9" y2="9" />
        {interval.map((end) => (
          <line key={end} x1={percent(end)} x2={percent(end)} y1="6" y2="12" />
        ))}
      </>
    )}
    <circle cx={percent(Math.min(0.985, Math.max(0.015, value)))} cy="9" r="3.5" />
  </svg>
)

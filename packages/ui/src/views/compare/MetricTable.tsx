import type { Comparison, MetricDelta } from "@sglang-studio/core/domain"
import { aligned, change } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { direction } from "./metricCards.ts"

/** Every metric that an arm has, with its ratio; an interval only where one was computed. */
export const MetricTable = ({ comparison: { metrics, arms } }: { comparison: Comparison }) => (
  <section class="card" id="metrics" aria-labelledby="metrics-title">
    <div class="card-head">
      <h2 id="metrics-title">Metrics</h2>
      <span class="note">candidate / baseline</span>
    </div>
    <div class="scroll-x">
      <table class="rows">
        <thead>
          <tr>
            <th>metric</th>
            <th>unit</th>
            {arms.map((arm, index) => (
              <th key={arm.label} class={`number ${sideOf(index)}`}>
                <span class="side-ink">{arm.label}</span>
              </th>
            ))}
            <th class="number">
              <MetricName name="ratio" label="change" />
            </th>
            <th class="number">
              <MetricName name="interval" label="interval" />
            </th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric.name}>
              <th scope="row">
                <MetricName name={metric.name} />
              </th>
              <td class="muted">{metric.unit === "1" ? "" : metric.unit}</td>
              {metric.values.map((value, index) => (
                <td key={index} class="number mono" title={value === null ? "not measured" : String(value)}>
                  {value === null ? "\u2014" : aligned(value)}
                </td>
              ))}
              <td class="number">
                <Change metric={metric} />
              </td>
              <td class="number muted">
                {metric.interval === null ? "not estimable" : `[${metric.interval.map(change).join(", ")}]`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
)

const Change = ({ metric }: { metric: MetricDelta }) => {
  if (metric.ratio === null) return <span class="faint">{"\u2014"}</span>
  const moved = direction(metric)
  return (
    <span title={`ratio ${metric.ratio}`}>
      {change(metric.ratio)}
      {moved !== null && <span class={moved.tone}> {moved.text}</span>}
    </span>
  )
}

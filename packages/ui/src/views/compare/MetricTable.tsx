import type { Comparison, MetricDelta } from "@sglang-studio/core/domain"
import { change } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"
import { sideOf } from "../../base/sides.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { Value } from "../../parts/Value.tsx"

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
                <td key={index} class="number mono">
                  <Value value={value} />
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
  const { better } = metricName(metric.name)
  const arrow = metric.ratio === 1 ? "" : metric.ratio > 1 ? " \u2191" : " \u2193"
  const improved = better === null || metric.ratio === 1 ? null : metric.ratio < 1 === (better === "lower")
  return (
    <span title={`ratio ${metric.ratio}`}>
      {change(metric.ratio)}
      <span aria-hidden="true">{arrow}</span>
      {improved !== null && <span class="faint"> {improved ? "better" : "worse"}</span>}
    </span>
  )
}

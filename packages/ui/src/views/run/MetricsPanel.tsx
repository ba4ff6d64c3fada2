import type { Run } from "@sglang-studio/core/domain"
import { flatten, jsonText } from "../../base/flatten.ts"
import { significant } from "../../base/format.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { Value } from "../../parts/Value.tsx"

/** Our numbers beside the engine's own, under its own names. */
export const MetricsPanel = ({ run }: { run: Run }) => {
  const raw =
    run.rawMetrics === null
      ? []
      : flatten(run.rawMetrics).filter(([, value]) => typeof value === "number" || typeof value === "string")
  return (
    <div class={raw.length > 0 ? "metric-pair" : ""}>
      <section class="card" aria-labelledby="metrics-title">
        <div class="card-head">
          <h2 id="metrics-title">Metrics</h2>
          <span class="note">normalised</span>
        </div>
        <table class="rows">
          <tbody>
            {Object.entries(run.metrics).map(([name, metric]) => (
              <tr key={name}>
                <th scope="row">
                  <MetricName name={name} definition={metric.definition} />
                </th>
                <td class="number mono">
                  <Value value={metric.value} />
                </td>
                <td class="muted unit">{metric.unit === "1" ? "" : metric.unit}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {raw.length > 0 && (
        <section class="card" aria-labelledby="raw-title">
          <div class="card-head">
            <h2 id="raw-title">As reported</h2>
            <span class="note">the engine's own names</span>
          </div>
          <div class="scroll-y" tabIndex={0} role="region" aria-label="Metrics as reported">
            <table class="rows raw">
              <tbody>
                {raw.map(([path, value]) => (
                  <tr key={path}>
                    <th scope="row" class="mono cut" title={path}>
                      {path}
                    </th>
                    <td class="number mono cut" title={jsonText(value)}>
                      {typeof value === "number" ? significant(value, 6) : jsonText(value)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </div>
  )
}

import type { Metrics, Run, Validity } from "@sglang-studio/core/domain"
import { flatten, jsonText } from "../../base/flatten.ts"
import { aligned, count, percent, significant } from "../../base/format.ts"
import { statisticName } from "../../base/metricNames.ts"
import { MetricName } from "../../parts/MetricName.tsx"

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
        <Distributions metrics={run.metrics} weak={weakStatistics(run.validity)} />
        <Singles metrics={run.metrics} />
      </section>
      {raw.length > 0 && <AsReported raw={raw} />}
    </div>
  )
}

const statistics = ["mean", "p50", "p90", "p95", "p99"]

const isDistribution = (name: string): boolean => statistics.includes(name.split(".")[1] ?? "")

/** Percentiles that the run has too few requests for, with how many each needs. */
export const weakStatistics = (validity: Validity): ReadonlyMap<string, number> => {
  const needed = validity.findings.find((finding) => finding.code === "too-few-samples")?.evidence["needed"]
  return new Map(Object.entries(needed ?? {}).map(([statistic, least]) => [statistic, Number(least)]))
}

/** One row per quantity, one column per statistic; what the requests are too few for is marked and pale. */
export const Distributions = ({ metrics, weak }: { metrics: Metrics; weak: ReadonlyMap<string, number> }) => {
  const names = Object.keys(metrics).filter(isDistribution)
  const stems = [...new Set(names.map((name) => name.split(".")[0] ?? ""))]
  const columns = statistics.filter((statistic) => names.some((name) => name.endsWith(`.${statistic}`)))
  if (stems.length === 0) return null
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Distributions">
      <table class="rows distributions">
        <thead>
          <tr>
            <th>
              <span class="visually-hidden">quantity</span>
            </th>
            {columns.map((statistic) => (
              <th key={statistic} class="number" title={weakness(weak, statistic)}>
                {weak.has(statistic) && <span aria-hidden="true">~ </span>}
                {statisticName(statistic)}
              </th>
            ))}
            <th class="unit">unit</th>
          </tr>
        </thead>
        <tbody>
          {stems.map((stem) => {
            const first = names.find((name) => name.startsWith(`${stem}.`)) ?? stem
            return (
              <tr key={stem}>
                <th scope="row">
                  <MetricName name={stem} definition={metrics[first]?.definition ?? stem} />
                </th>
                {columns.map((statistic) => {
                  const metric = metrics[`${stem}.${statistic}`]
                  return (
                    <td
                      key={statistic}
                      class={`number mono${weak.has(statistic) ? " faint" : ""}`}
                      title={
                        metric === undefined
                          ? "not reported"
                          : [metric.value, weakness(weak, statistic)].filter(Boolean).join(": ")
                      }
                    >
                      {metric === undefined ? <span class="faint">{"\u2014"}</span> : aligned(metric.value)}
                    </td>
                  )
                })}
                <td class="muted unit">{metrics[first]?.unit}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const weakness = (weak: ReadonlyMap<string, number>, statistic: string): string | undefined => {
  const least = weak.get(statistic)
  return least === undefined
    ? undefined
    : `no judgement on ${statisticName(statistic)}: it needs ${count(least)} answered requests`
}

export const Singles = ({ metrics }: { metrics: Metrics }) => {
  const singles = Object.entries(metrics).filter(([name]) => !isDistribution(name))
  if (singles.length === 0) return null
  return (
    <dl class="singles">
      {singles.map(([name, metric]) => (
        <div key={name}>
          <dt>
            <MetricName name={name} definition={metric.definition} />
          </dt>
          <dd class="mono" title={String(metric.value)}>
            {metric.unit === "ratio" ? percent(metric.value) : aligned(metric.value)}{" "}
            <span class="muted">{metric.unit === "1" || metric.unit === "ratio" ? "" : metric.unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const AsReported = ({ raw }: { raw: ReturnType<typeof flatten> }) => (
  <section class="card reported" aria-labelledby="raw-title">
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
)

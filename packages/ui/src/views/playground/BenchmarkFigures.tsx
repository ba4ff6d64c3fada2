import type { Run } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { prose } from "../../base/prose.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Distributions, Singles, weakStatistics } from "../run/MetricsPanel.tsx"

const singles = ["output_throughput", "item_throughput", "request_throughput", "failure_rate", "duration_s"]

/** The figures of a benchmark that one looks at first, and whether they may be believed; the run's page has all. */
export const BenchmarkFigures = ({ run }: { run: Run }) => {
  const { outcome, findings } = run.validity
  const told = Object.fromEntries(singles.flatMap((name) => (run.metrics[name] ? [[name, run.metrics[name]]] : [])))
  return (
    <div class="benchmark-figures">
      <Distributions metrics={run.metrics} weak={weakStatistics(run.validity)} />
      <Singles metrics={told} />
      {run.status === "succeeded" && findings.length > 0 && (
        <p class="card-body">
          <Badge kind={outcome} />{" "}
          <a class="link" href={`/runs/${run.id}`}>
            {plural(findings.length, "finding")}
          </a>{" "}
          <span class="muted">{prose(findings[0]?.message ?? "")}</span>
        </p>
      )}
    </div>
  )
}

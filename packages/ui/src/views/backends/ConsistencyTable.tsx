import type { ConsistencyCheck, ConsistencyReport } from "@sglang-studio/core/domain"
import { shortId, significant } from "../../base/format.ts"
import { Badge } from "../../parts/Badge.tsx"
import { MetricName } from "../../parts/MetricName.tsx"

const names: Readonly<Record<ConsistencyCheck["name"], string>> = {
  repeated: "Asked again",
  "prefill-decode": "Prefill against decode",
  "cached-flushed": "Cached against flushed",
  streamed: "Streamed against not",
  batched: "Alone against in a batch",
  "single-multi-item": "Single against multi-item",
  permuted: "Items in another order",
  "generate-score": "/generate against /v1/score",
  "generate-completions": "/generate against /v1/completions"
}

export const ConsistencyTable = ({ report }: { report: ConsistencyReport }) => (
  <div class="scroll-x" tabIndex={0} role="region" aria-label={`Report on ${report.backend}`}>
    <table class="rows consistency">
      <thead>
        <tr>
          <th>check</th>
          <th>outcome</th>
          <th class="number">
            <MetricName name="max_abs_delta_logprob" label={"max |\u0394|"} />
          </th>
          <th class="number">
            <MetricName name="tolerance" label="tolerance" />
          </th>
          <th>what it says</th>
          <th>seen in</th>
        </tr>
      </thead>
      <tbody>
        {report.checks.map((check) => (
          <tr key={check.name}>
            <th scope="row" class="nowrap">
              {names[check.name]}
            </th>
            <td>
              <Badge kind={check.outcome === "skipped" ? "none" : check.outcome} text={check.outcome} />
            </td>
            <td class="number mono" title={check.maxAbsDelta === null ? undefined : String(check.maxAbsDelta)}>
              {check.maxAbsDelta === null ? "\u2014" : significant(check.maxAbsDelta)}
            </td>
            <td class="number mono muted">{significant(check.tolerance)}</td>
            <td class="muted">{check.reason}</td>
            <td class="nowrap">
              {check.worst !== null && (
                <>
                  <span class="cut seen-case" title={check.worst.case}>
                    {check.worst.case}
                  </span>{" "}
                  {check.worst.runIds.map((id) => (
                    <a key={id} class="link mono" href={`/runs/${id}`}>
                      {shortId(id)}
                    </a>
                  ))}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

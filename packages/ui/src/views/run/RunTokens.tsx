import type { Run } from "@sglang-studio/core/domain"
import { useMemo } from "preact/hooks"
import { plural } from "../../base/format.ts"
import { createTokenView } from "../../model/tokenView.ts"
import { tracePages } from "../../model/tracePages.ts"
import { query, setQuery } from "../../shell/router.ts"
import { TokenPanel } from "../tokens/TokenPanel.tsx"

/** The token traces of one run, by how surprised the model was. */
export const RunTokens = ({ run, note }: { run: Run; note: string }) => {
  const trace = run.traces.find((one) => one.case === query.value.get("trace")) ?? run.traces[0]
  const view = useMemo(
    () => (trace === undefined ? null : createTokenView([tracePages(run, trace)], null)),
    [run.id, trace?.case, trace?.length]
  )
  if (trace === undefined || view === null) return null
  const picker =
    run.traces.length > 1 ? (
      <select
        class="picker"
        aria-label="Trace"
        value={trace.case}
        onChange={(event) => setQuery({ trace: event.currentTarget.value, pos: null }, "push")}
      >
        {run.traces.map((one) => (
          <option key={one.case} value={one.case}>
            {one.case} {"\u00b7"} {plural(one.length, "token")}
          </option>
        ))}
      </select>
    ) : (
      <span class="note">
        {trace.case}, {plural(trace.length, "position")},{" "}
        {trace.semantics === "raw" ? "raw logprobs" : "logprobs at the sampling temperature"}
      </span>
    )
  return (
    <TokenPanel
      key={`${run.id} ${trace.case}`}
      view={view}
      labels={[run.backend]}
      arms={[0]}
      picker={
        <>
          {picker}
          {run.traces.length > 1 && <span class="faint">{note}</span>}
        </>
      }
      divergence={null}
    />
  )
}

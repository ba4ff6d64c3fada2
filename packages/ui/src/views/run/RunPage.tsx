import type { Run } from "@sglang-studio/core/domain"
import { plural, shortId } from "../../base/format.ts"
import { runById } from "../../model/runs.ts"
import { lastOf } from "../../model/load.ts"
import { Loading, ProblemBox } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { Artifacts } from "./Artifacts.tsx"
import { Fingerprint } from "./Fingerprint.tsx"
import { LogTail } from "./LogTail.tsx"
import { MetricsPanel } from "./MetricsPanel.tsx"
import { ReproducePanel } from "./ReproducePanel.tsx"
import { ResultPanel } from "./ResultPanel.tsx"
import { RunHeader } from "./RunHeader.tsx"
import { RunTokens } from "./RunTokens.tsx"
import { SamplesPanel } from "./SamplesPanel.tsx"
import { ValidityPanel } from "./ValidityPanel.tsx"
import { useRunLog } from "./useRunLog.ts"
import "./run.css"

export const RunPage = ({ id }: { id: string }) => {
  const run = runById(id)
  const known = lastOf(run.load.value)
  useCrumbs({
    trail: [{ text: "Runs", href: "/runs" }],
    title: `run ${shortId(id)}`,
    ...(known !== null && { note: `${known.backend}, ${known.kind}` })
  })
  return (
    <Loading
      load={run.load.value}
      onRetry={() => void run.refresh()}
      lines={10}
      back={{ text: "All runs", href: "/runs" }}
    >
      {(value) => <Whole run={value} />}
    </Loading>
  )
}

const Whole = ({ run }: { run: Run }) => {
  const log = useRunLog(run.id)
  // Figures come after the word on whether they can be relied on.
  const validityFirst = run.validity.findings.length > 0 || (run.kind === "benchmark" && run.status === "succeeded")
  return (
    <>
      <RunHeader run={run} history={log.history} />
      {run.error !== null && (
        <section class="card run-error" aria-label="Why it failed">
          <ProblemBox
            problem={{
              type: "",
              title: "",
              status: 0,
              code: run.error.code,
              detail: run.error.message,
              hint: run.error.hint
            }}
          />
        </section>
      )}
      {run.adapterError !== null && (
        <section class="card fallback-note" aria-label="Fallback">
          <p>
            <span class="origin fallback">FALLBACK</span> The engine was not available, so the mock answered:{" "}
            {run.adapterError.message} <code class="tag">{run.adapterError.code}</code>
          </p>
        </section>
      )}
      <div class="run-grid">
        <div class="run-main">
          {validityFirst && <ValidityPanel validity={run.validity} />}
          <ResultPanel run={run} streamed={log.streamed} />
          {Object.keys(run.metrics).length > 0 && <MetricsPanel run={run} />}
          {run.kind === "benchmark" && <SamplesPanel run={run} />}
          {run.status === "succeeded" && !validityFirst && <ValidityPanel validity={run.validity} />}
          <LogTail lines={log.lines} />
          <Artifacts run={run} />
        </div>
        <div class="run-side">
          <ReproducePanel reproduce={run.reproduce} />
          <Fingerprint run={run} />
        </div>
      </div>
      {run.traces.length > 0 && <RunTokens run={run} note={plural(run.traces.length, "trace")} />}
    </>
  )
}

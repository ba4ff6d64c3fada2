import { useEffect, useState } from "preact/hooks"
import { plural, significant } from "../../base/format.ts"
import { duration } from "../../base/time.ts"
import type { CheckRun, FollowedCheck } from "../../model/checkRun.ts"
import { Badge } from "../../parts/Badge.tsx"
import { ProblemBox } from "../../parts/States.tsx"
import { Sentence } from "../compare/VerdictBlock.tsx"
import { Levels } from "./Levels.tsx"
import "./checks.css"

/** A parity check from its start to what it found. */
export const CheckProgress = ({ check, onAgain }: { check: FollowedCheck; onAgain?: () => void }) => {
  const problem = check.problem.value
  const run = check.state.value
  if (problem !== null) return <ProblemBox problem={problem} {...(onAgain && { onRetry: onAgain })} />
  if (run === null) return null
  switch (run.status) {
    case "running":
      return <Running run={run} onCancel={() => void check.cancel()} />
    case "failed":
      return (
        <ProblemBox
          problem={{
            type: "",
            title: "",
            status: 0,
            code: run.error?.code ?? "failed",
            detail: run.error?.message ?? "The check has failed.",
            hint: run.error?.hint ?? null
          }}
          {...(onAgain && { onRetry: onAgain })}
        />
      )
    case "cancelled":
      return (
        <p class="check-line">
          <Badge kind="cancelled" /> <span class="muted">The check was cancelled; its finished runs are stored.</span>
        </p>
      )
    case "done":
      return <Done run={run} />
  }
}

const Running = ({ run, onCancel }: { run: CheckRun; onCancel: () => void }) => {
  const [begun, setBegun] = useState({ stage: run.stage, at: Date.now(), done: run.done })
  useEffect(() => setBegun({ stage: run.stage, at: Date.now(), done: run.done }), [run.stage])
  const seconds = (Date.now() - begun.at) / 1000
  const rate = seconds > 0.5 && run.stage === begun.stage ? (run.done - begun.done) / seconds : 0
  return (
    <div class="check-line" role="status">
      <Badge kind="running" />
      <span>{run.stage ?? "starting"}</span>
      <progress aria-label={run.stage ?? "starting"} max={Math.max(1, run.total)} value={run.done} />
      <span class="muted nowrap">
        {run.done} of {plural(run.total, "run")}
        {rate > 0 &&
          ` \u00b7 ${significant(rate, 2)}/s \u00b7 ${duration(((run.total - run.done) / rate) * 1000)} left`}
      </span>
      <button type="button" class="button small push" onClick={onCancel}>
        Cancel
      </button>
    </div>
  )
}

const Done = ({ run: { comparison, levels, runIds, selfChecks, reference } }: { run: CheckRun }) => (
  <div role="status">
    <div class="check-line">
      {comparison !== null && (
        <>
          <Badge kind={comparison.verdict.outcome} loud />
          <p class="check-sentence">
            <Sentence text={comparison.verdict.sentence} labels={comparison.arms.map((arm) => arm.label)} />
          </p>
        </>
      )}
      {selfChecks.map((report) => (
        <span key={report.id} class="nowrap">
          {report.backend} with itself <Badge kind={report.outcome} />
        </span>
      ))}
      <span class="push faint nowrap">{plural(runIds.length, "run")}</span>
      {comparison !== null && (
        <a class="button" href={`/compare/${comparison.id}`}>
          Open comparison
        </a>
      )}
    </div>
    {reference !== null && <p class="check-line muted">{reference.sentence}</p>}
    {levels.length > 0 && <Levels levels={levels} />}
  </div>
)

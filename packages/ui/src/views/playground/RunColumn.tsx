import type { ComponentChildren } from "preact"
import { isFinished, type Run } from "@sglang-studio/core/domain"
import { api } from "../../api/client.ts"
import { toProblem } from "../../api/problem.ts"
import { count, shortId } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { duration, elapsed } from "../../base/time.ts"
import { notify } from "../../model/notice.ts"
import type { Streamed } from "../../model/playground.ts"
import { runById } from "../../model/runs.ts"
import { OriginBadges } from "../../parts/Badge.tsx"
import { Loading, ProblemBox } from "../../parts/States.tsx"
import { Since } from "../../parts/Since.tsx"
import { MetricName } from "../../parts/MetricName.tsx"
import { Value } from "../../parts/Value.tsx"
import { systemText } from "../compare/ArmsBar.tsx"
import { ScoreRows } from "../compare/ScoreRows.tsx"
import { BenchmarkFigures } from "./BenchmarkFigures.tsx"

export const RunColumn = ({ id, arm, stream }: { id: string; arm: number; stream: Streamed | null }) => {
  const run = runById(id)
  return (
    <section class={`card column ${sideOf(arm)}`} aria-label={`Run ${arm + 1}`}>
      <Loading load={run.load.value} onRetry={() => void run.refresh()}>
        {(value) => <Column run={value} stream={stream} arm={arm} />}
      </Loading>
    </section>
  )
}

const Column = ({ run, stream, arm }: { run: Run; stream: Streamed | null; arm: number }) => (
  <>
    <div class="card-head">
      <h2>{run.backend}</h2>
      <code class="muted cut">{systemText(run)}</code>
      <OriginBadges provenance={run.provenance} imported={run.imported} />
      <a class="mono faint push" href={`/runs/${run.id}`}>
        run {shortId(run.id)}
      </a>
    </div>
    <Steps run={run} stream={stream} />
    {run.error !== null && (
      <ProblemBox
        problem={{
          type: "",
          title: "",
          status: 0,
          code: run.validity.findings.find((one) => one.severity === "error")?.code ?? run.error.code,
          detail: run.error.message,
          hint: run.error.hint
        }}
      />
    )}
    {run.score !== null && <ColumnScores run={run} arm={arm} />}
    {run.kind === "generate" && <Output run={run} stream={stream} />}
    {run.kind === "benchmark" ? <BenchmarkFigures run={run} /> : <Latency run={run} />}
  </>
)

const ColumnScores = ({ run, arm }: { run: Run; arm: number }) =>
  run.score === null ? null : (
    <div class={`column-scores ${sideOf(arm)}`}>
      <ScoreRows
        labels={[`p(${run.score.labels[0]?.text?.replace(/^ /, "\u00b7") ?? `#${run.score.labels[0]?.id}`})`]}
        scores={[run.score]}
        items={run.score.items}
        side={arm}
        region={`Scores on ${run.backend}`}
      />
    </div>
  )

const Output = ({ run, stream }: { run: Run; stream: Streamed | null }) => {
  const text = run.output?.text ?? stream?.text ?? ""
  const prompt = "generate" in run.request ? (run.request.generate.prompt ?? "") : ""
  return (
    <pre class="text output">
      <span class="faint">{prompt}</span>
      {text}
      {!isFinished(run.status) && <span class="caret" aria-hidden="true" />}
    </pre>
  )
}

/** What has happened so far, with how long each step took. */
const Steps = ({ run, stream }: { run: Run; stream: Streamed | null }) => {
  const queued = elapsed(run.createdAt, run.startedAt)
  const first = stream === null ? null : elapsed(run.startedAt ?? run.createdAt, stream.firstAt)
  const whole = elapsed(run.startedAt, run.finishedAt)
  const done = isFinished(run.status)
  const started = run.startedAt !== null
  return (
    <div class="steps">
      <Step at={run.status === "queued" ? "now" : "done"}>
        queued {run.status === "queued" ? <Since from={run.createdAt} /> : started && duration(queued ?? 0)}
      </Step>
      {run.status === "starting" ? (
        <Step at="now">
          starting <Since from={run.createdAt} />
        </Step>
      ) : (
        <Step at={started ? "done" : "later"}>started</Step>
      )}
      {first !== null && <Step at="done">first token {duration(Math.max(0, first))}</Step>}
      {run.status === "running" && (
        <Step at="now">
          running <Since from={run.startedAt ?? run.createdAt} />
        </Step>
      )}
      {!done && run.progress !== null && (
        <span class="muted">
          {count(run.progress.done)}
          {run.progress.total !== null && ` of ${count(run.progress.total)}`} {run.progress.unit}
        </span>
      )}
      {done && (
        <strong class={run.status === "succeeded" ? "" : "bad"}>
          {run.status === "succeeded" ? "done" : run.status}
          {whole !== null && ` ${duration(whole)}`}
        </strong>
      )}
      {!done && (
        <button
          type="button"
          class="button small push"
          onClick={() =>
            void api.cancelRun({ id: run.id }).catch((thrown: unknown) => notify(toProblem(thrown).detail, "bad"))
          }
        >
          Cancel
        </button>
      )}
    </div>
  )
}

const marks = {
  done: { glyph: "\u2713", look: "good", word: "done:" },
  now: { glyph: "\u25d0", look: "", word: "now:" },
  later: { glyph: "\u00b7", look: "faint", word: "not yet:" }
} as const

const Step = ({ at, children }: { at: keyof typeof marks; children: ComponentChildren }) => (
  <span class={at === "now" ? "nowrap" : "muted nowrap"}>
    <span class={marks[at].look} aria-label={marks[at].word} role="img">
      {marks[at].glyph}
    </span>{" "}
    {children}
  </span>
)

const Latency = ({ run }: { run: Run }) => {
  const timed = Object.entries(run.metrics).filter(([, metric]) => metric.unit === "ms" || metric.unit.includes("/s"))
  if (timed.length === 0) return null
  return (
    <p class="latency muted">
      {timed.slice(0, 4).map(([name, metric]) => (
        <span key={name}>
          <MetricName name={name} definition={metric.definition} /> <Value value={metric.value} unit={metric.unit} />
        </span>
      ))}
    </p>
  )
}

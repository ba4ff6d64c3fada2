import { isFinished } from "@sglang-studio/core/domain"
import { significant } from "../../base/format.ts"
import { benchmarkSuite } from "../../model/benchmarkSuite.ts"
import { campaignToQuery, emptyCampaign } from "../../model/campaignForm.ts"
import { lastOf } from "../../model/load.ts"
import { cliCommand } from "../../model/playgroundCommands.ts"
import type { Playground } from "../../model/playground.ts"
import { readForm, readTolerance } from "../../model/playgroundForm.ts"
import { runById } from "../../model/runs.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Empty } from "../../parts/States.tsx"
import { Sentence } from "../compare/VerdictBlock.tsx"
import { RunColumn } from "./RunColumn.tsx"

/** One column per backend, then what their comparison says. */
export const Results = ({ playground }: { playground: Playground }) => {
  const runs = playground.runIds.value
  if (runs.length === 0) return <Nothing playground={playground} />
  return (
    <div class="results" aria-live="polite">
      <div class="columns">
        {runs.map((id, index) => (
          <RunColumn key={id} id={id} arm={index} stream={playground.streams.value.get(id) ?? null} />
        ))}
      </div>
      <Verdict playground={playground} />
      <LeftOut playground={playground} />
    </div>
  )
}

const Nothing = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  const read = readForm(form)
  return (
    <section class="card results">
      <Empty
        title={playground.busy.value ? "Starting\u2026" : "Nothing has run yet"}
        command={read.ok ? cliCommand(form.backends, read.value) : "studio score --help"}
      >
        {read.ok
          ? "Run it here, or with the command that does the same. Two backends are compared as soon as both have finished."
          : read.problem}
      </Empty>
    </section>
  )
}

/** Once every run is over: why nothing is compared, or whom the comparison lacks. */
const LeftOut = ({ playground }: { playground: Playground }) => {
  const runs = playground.runIds.value.map((id) => lastOf(runById(id).load.value))
  const lost = runs.flatMap((run) => (run !== null && isFinished(run.status) && run.status !== "succeeded" ? run : []))
  const isOver = runs.every((run) => run !== null && isFinished(run.status))
  const compared = runs.length - lost.length > 1
  if (!isOver || lost.length === 0 || runs.length < 2) return null
  const said = lost.map(({ backend, status }) => `${backend} ${status === "failed" ? "failed" : `was ${status}`}`)
  return (
    <section class="card playground-verdict" aria-label="Left out">
      <Badge kind="none" text={compared ? "left out" : "not compared"} loud />
      <p>
        <Sentence text={`${said.join(", ")}.`} labels={runs.map((run) => run?.backend ?? "")} />
      </p>
    </section>
  )
}

/** One run a side shows latency and judges none; a campaign repeats it. */
const AsCampaign = ({ playground }: { playground: Playground }) => {
  const { backends } = playground.form.value
  const read = readForm(playground.form.value)
  if (!read.ok || !("benchmark" in read.value)) return null
  const form = { ...emptyCampaign, text: benchmarkSuite(read.value.benchmark), backends }
  const query = Object.entries(campaignToQuery(form)).flatMap(([key, value]) => (value ? [[key, value]] : []))
  return (
    <a class="button" href={`/campaigns/new?${new URLSearchParams(query)}`}>
      Repeat in a campaign
    </a>
  )
}

const Verdict = ({ playground }: { playground: Playground }) => {
  const comparison = playground.comparison.value
  if (comparison === null) return null
  const { verdict, arms, scores, gates } = comparison
  const alone = scores?.maxAbsDeltaOneByOne ?? null
  const tolerance = readTolerance(playground.form.value.tolerance)
  const own = tolerance.ok ? tolerance.value : null
  const margin = own ?? gates.find((gate) => gate.name === "score-parity")?.margin ?? null
  return (
    <>
      <section class="card playground-verdict" aria-label="Verdict">
        <Badge kind={verdict.outcome} loud />
        <p>
          <Sentence text={verdict.sentence} labels={arms.map((arm) => arm.label)} />
        </p>
        <AsCampaign playground={playground} />
        <a class="button" href={`/compare/${comparison.id}`}>
          Open comparison <kbd>c</kbd>
        </a>
      </section>
      {scores !== null && alone !== null && (
        <section class="card playground-verdict" aria-label="One item at a time">
          <p class="small">
            <strong>One item at a time</strong>{" "}
            <span class="muted">the same {scores.items} items, one request each</span>
          </p>
          <span class="push">
            {scores.maxAbsDelta !== null && (
              <span class="muted small-text" title={String(scores.maxAbsDelta)}>
                in the batch max |{"\u0394"}p| {significant(scores.maxAbsDelta)}{" "}
              </span>
            )}
            <span title={`${alone}${margin === null ? "" : `, tolerance ${margin}`}`}>
              <Badge
                kind={margin === null ? "none" : alone <= margin ? "pass" : "fail"}
                text={`${margin === null ? "" : alone <= margin ? "agree, " : "differ, "}max |\u0394p| ${significant(alone)}`}
              />
            </span>
          </span>
        </section>
      )}
    </>
  )
}

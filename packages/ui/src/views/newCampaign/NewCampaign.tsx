import { useEffect, useState } from "preact/hooks"
import { toProblem, type Problem } from "../../api/problem.ts"
import { plural, shortId } from "../../base/format.ts"
import {
  campaignCommand,
  campaignFromQuery,
  campaignToQuery,
  exampleSuite,
  type CampaignForm
} from "../../model/campaignForm.ts"
import { startCampaign } from "../../model/campaigns.ts"
import { lastOf } from "../../model/load.ts"
import { Command } from "../../parts/Command.tsx"
import { ProblemBox, Skeleton } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useKeys } from "../../shell/keys.ts"
import { navigate, query, setQuery } from "../../shell/router.ts"
import { EarlierSuites } from "./EarlierSuites.tsx"
import { PlanPreview, planWords } from "./PlanPreview.tsx"
import { RunOptions } from "./RunOptions.tsx"
import { SuiteFile } from "./SuiteFile.tsx"
import { SuiteText } from "./SuiteText.tsx"
import { usePlan } from "./usePlan.ts"
import "./newCampaign.css"

const trail = [{ text: "Campaigns", href: "/campaigns" }]

/** Puts a campaign together, shows what it would do, and starts it. */
export const NewCampaign = () => {
  useCrumbs({ trail, title: "New campaign" })
  const [form, setForm] = useState(() => campaignFromQuery(query.peek()))
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const [starting, setStarting] = useState(false)
  const load = usePlan(form)
  const plan = load === null ? null : lastOf(load)
  const ready = load?.state === "ready" && load.value.runs.length > 0
  const mistakes = load?.state === "failed" ? placed(load.error) : []
  const problem = refusal ?? (load?.state === "failed" && mistakes.length === 0 ? load.error : null)

  const change = (part: Partial<CampaignForm>) => {
    setRefusal(null)
    setForm((now) => ({ ...now, ...part }))
  }
  useEffect(() => setQuery(campaignToQuery(form)), [form])
  const start = async () => {
    setStarting(true)
    try {
      navigate(`/campaigns/${await startCampaign(form)}`)
    } catch (thrown) {
      setRefusal(toProblem(thrown))
      setStarting(false)
    }
  }
  useKeys([{ key: "Ctrl-Enter", does: "start the campaign", run: () => ready && !starting && void start() }])

  return (
    <form
      class="new-campaign"
      aria-label="New campaign"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <section class="card" aria-labelledby="suite-title">
        <div class="card-head">
          <h2 id="suite-title">Suite</h2>
          <span class="note">
            {form.of === "" && "YAML or JSON; files that it names are looked for where the studio was started"}
          </span>
          <span class="push spread">
            {form.text === "" && form.of === "" && (
              <button type="button" class="button small" onClick={() => change({ text: exampleSuite })}>
                Fill in an example
              </button>
            )}
            <EarlierSuites chosen={form.of} onChoose={(of) => change({ of })} />
            <SuiteFile onText={(text) => change({ text, of: "" })} />
          </span>
        </div>
        {form.of === "" ? (
          <SuiteText text={form.text} mistakes={mistakes} onInput={(text) => change({ text })} />
        ) : (
          <p class="card-body">
            The suite is what{" "}
            <a class="link" href={`/campaigns/${form.of}`}>
              campaign {shortId(form.of)}
            </a>{" "}
            ran, word for word.{" "}
            <button type="button" class="link" onClick={() => change({ of: "" })}>
              Write one instead
            </button>
          </p>
        )}
      </section>
      <div class="new-campaign-side">
        <section class="card" aria-labelledby="options-title">
          <div class="card-head">
            <h2 id="options-title">How it is run</h2>
          </div>
          <div class="card-body fields">
            <RunOptions form={form} suite={plan?.suite ?? null} onChange={change} />
            <div>
              <button type="submit" class="button accent" disabled={!ready || starting}>
                {ready ? `Start ${plural(load.value.runs.length, "run")}` : "Start"} <kbd>Ctrl {"\u21b5"}</kbd>
              </button>
            </div>
            {problem !== null && <ProblemBox problem={problem} />}
            {form.of === "" && <Command text={campaignCommand(form)} />}
          </div>
        </section>
        <section class="card" aria-labelledby="plan-title" aria-busy={load?.state === "loading"}>
          <div class="card-head">
            <h2 id="plan-title">Plan</h2>
            <span class="note">
              {load === null ? "what would be run, once there is a suite" : plan !== null && planWords(plan)}
              {load?.state === "failed" && plan !== null && ", before the last change"}
            </span>
          </div>
          {load?.state === "loading" && <Skeleton lines={3} />}
          {load?.state === "failed" && plan === null && (
            <p class="card-body muted">None yet: {mistakes.length > 0 ? "the suite has mistakes" : "see above"}.</p>
          )}
          {load !== null && plan !== null && <PlanPreview plan={plan} backends={form.backends} />}
        </section>
      </div>
    </form>
  )
}

/** What is told beside the text, from top to bottom. */
const placed = ({ code, errors = [] }: Problem): NonNullable<Problem["errors"]> =>
  code === "invalid-suite"
    ? errors.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    : []

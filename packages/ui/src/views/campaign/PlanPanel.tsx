import type { Campaign, CampaignRun } from "@sglang-studio/core/domain"
import { count } from "../../base/format.ts"
import { duration } from "../../base/time.ts"
import { LeftOut } from "./LeftOut.tsx"
import { cellWords } from "./matrix.ts"
import { groupOf, runGroups } from "./tally.ts"
import { PlanBlocks } from "./PlanBlocks.tsx"

/** Above this many the runs are told by number alone. */
const mostDrawn = 3000

const glyphs = { succeeded: "", failed: "\u2715", running: "", planned: "", skipped: "\u2013" } as const
const words = {
  succeeded: "done",
  failed: "failed or cut off",
  running: "under way",
  planned: "to come",
  skipped: "skipped"
} as const

/** Every run in the order of the plan, block by block, with what became of it. */
export const PlanPanel = ({ campaign }: { campaign: Campaign }) => {
  const { runs, skipped } = campaign
  return (
    <section class="card" aria-labelledby="plan-title">
      <div class="card-head">
        <h2 id="plan-title">Plan against done</h2>
        <ul class="plan-key">
          {runGroups.map((group) => {
            const many = runs.filter((run) => groupOf(run) === group).length
            return (
              many > 0 && (
                <li key={group}>
                  <i class={`slot ${group}`} aria-hidden="true">
                    {glyphs[group]}
                  </i>{" "}
                  {count(many)} {words[group]}
                </li>
              )
            )
          })}
          <Marked look="succeeded doubtful" many={runs.filter(isDoubtful).length} word="of them doubtful" />
          <Marked look="planned warmup" many={runs.filter((run) => run.phase === "warmup").length} word="for warm-up" />
        </ul>
        <a class="link push" href={`/runs?tag=campaign:${campaign.id}`}>
          as a list
        </a>
      </div>
      {runs.length <= mostDrawn && (
        <PlanBlocks label="Runs of the plan" runs={runs} slot={(run) => <Slot key={run.key} run={run} />} />
      )}
      <LeftOut skipped={skipped} />
    </section>
  )
}

const isDoubtful = ({ validity }: CampaignRun): boolean => validity === "invalid" || validity === "suspect"

const Marked = ({ look, many, word }: { look: string; many: number; word: string }) =>
  many === 0 ? null : (
    <li>
      <i class={`slot ${look}`} aria-hidden="true" /> {count(many)} {word}
    </li>
  )

// Thousands of stops would bury the rest of the page for the keyboard: the list of runs has them one by one.
const Slot = ({ run }: { run: CampaignRun }) => {
  const group = groupOf(run)
  const title = [
    `${cellWords(run)} on ${run.backend}`,
    run.phase === "warmup" ? `warm-up ${run.repeat}` : `repeat ${run.repeat}`,
    run.status,
    ...(run.validity === null || run.validity === "valid" ? [] : [run.validity]),
    ...(run.durationMs === null ? [] : [duration(run.durationMs)])
  ].join(" \u00b7 ")
  const look = `slot ${group}${run.phase === "warmup" ? " warmup" : ""}${isDoubtful(run) ? " doubtful" : ""}`
  return run.runId === null ? (
    <i class={look} title={title}>
      {glyphs[group]}
    </i>
  ) : (
    <a class={look} href={`/runs/${run.runId}`} title={title} aria-label={title} tabIndex={-1}>
      {glyphs[group]}
    </a>
  )
}

import { isFinished, pointText, type CampaignPlace, type Run } from "@sglang-studio/core/domain"
import { count } from "../../base/format.ts"
import { duration, elapsed, moment } from "../../base/time.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { PhaseTimeline } from "./PhaseTimeline.tsx"
import { requestTitle } from "./requestTitle.ts"
import { RunActions } from "./RunActions.tsx"
import { RunNotes } from "./RunNotes.tsx"
import type { StatusChange } from "./useRunLog.ts"

/** What this run is, how it went, and what can be done with it. */
export const RunHeader = ({ run, history }: { run: Run; history: readonly StatusChange[] }) => {
  const took = run.imported === null ? elapsed(run.startedAt, run.finishedAt) : null
  return (
    <section class="card run-header" aria-label="Run">
      <div class="run-title">
        <p class="spread">
          <Badge kind={run.status} />
          <OriginBadges provenance={run.provenance} imported={run.imported} />
          {run.archived && <span class="origin">ARCHIVED</span>}
          <span class="muted">
            {run.kind} on <strong>{run.backend}</strong> <span class="faint">({run.adapter})</span>
          </span>
        </p>
        <h2>{requestTitle(run.request)}</h2>
        {run.campaign !== null && <Place campaign={run.campaign} />}
        <p class="muted">
          {moment(run.createdAt)}
          {took !== null && ` \u00b7 ${duration(took)}`}
          {run.progress !== null &&
            !isFinished(run.status) &&
            ` \u00b7 ${count(run.progress.done)}${run.progress.total === null ? "" : ` of ${count(run.progress.total)}`} ${run.progress.unit}`}
          {" \u00b7 "}
          <code>{run.id}</code>
        </p>
        {run.imported === null && <PhaseTimeline history={history} />}
        <RunNotes key={run.id} run={run} />
      </div>
      <RunActions run={run} />
    </section>
  )
}

/** Where the run stands in the campaign that made it. */
const Place = ({ campaign }: { campaign: CampaignPlace }) => (
  <p class="muted">
    <a class="link" href={`/campaigns/${campaign.id}`}>
      {campaign.suite}
    </a>
    {[
      "",
      campaign.case,
      pointText(campaign.point).replaceAll(",", ", "),
      campaign.phase === "warmup" ? `warm-up ${campaign.repeat}, never judged` : `repeat ${campaign.repeat}`,
      `block ${campaign.block}, place ${campaign.position}`
    ]
      .filter((part, index) => index === 0 || part !== "")
      .join(" \u00b7 ")}
  </p>
)

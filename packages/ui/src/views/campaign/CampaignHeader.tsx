import type { Campaign } from "@sglang-studio/core/domain"
import { count, plural } from "../../base/format.ts"
import { duration, moment } from "../../base/time.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Sentence } from "../compare/VerdictBlock.tsx"
import { CampaignActions } from "./CampaignActions.tsx"
import { campaignWords } from "./campaignWords.ts"
import { soFar, tallyOf, tallyText } from "./tally.ts"

/** The verdict in one sentence, how it came about, and how far the campaign is. */
export const CampaignHeader = ({ campaign }: { campaign: Campaign }) => {
  const { verdict, status, against, extended, stopped } = campaign
  return (
    <section class="card campaign-header" aria-labelledby="campaign-sentence">
      <div class="campaign-verdict">
        <p class="spread tally">
          <Badge kind={verdict?.outcome ?? status} loud={verdict !== null} />
          {campaign.provenances.map((provenance) => (
            <OriginBadges key={provenance} provenance={provenance} imported={null} />
          ))}
          <span class="muted">{tallyText(tallyOf(campaign))}</span>
        </p>
        <h2 id="campaign-sentence">
          <Sentence
            text={verdict === null ? soFar(campaign) : campaignWords(campaign, verdict.sentence)}
            labels={sidesOf(campaign)}
          />
        </h2>
        {verdict !== null && verdict.wouldDecide !== null && !verdict.sentence.includes(verdict.wouldDecide) && (
          <p class="muted">{verdict.wouldDecide}</p>
        )}
        {verdict !== null && verdict.reasons.length > 0 && (
          <details>
            <summary class="link">How this verdict was made</summary>
            <ul class="reasons">
              {verdict.reasons.map((reason, index) => (
                <li key={index}>
                  <code class="tag">{reason.code}</code> {campaignWords(campaign, reason.message)}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div class="campaign-progress">
        <Progress campaign={campaign} />
        <p class="muted">
          {moment(campaign.createdAt)} {"\u00b7"} seed {campaign.seed}
          {against !== null && ` \u00b7 against ${against}`}
          {extended && " \u00b7 repeats doubled"}
        </p>
        {stopped !== null && <p class="muted">ended early: {stopped}</p>}
        <CampaignActions campaign={campaign} />
      </div>
    </section>
  )
}

const sidesOf = ({ cells }: Campaign): readonly string[] => [
  ...new Set([...cells.flatMap((cell) => cell.baseline ?? []), ...cells.map((cell) => cell.candidate)])
]

const Progress = ({ campaign: { progress, status, failed } }: { campaign: Campaign }) => {
  const { done, total, elapsedMs, etaMs } = progress
  const share = total === 0 ? 0 : (100 * done) / total
  return (
    <>
      <p class="muted">
        {count(done)} of {plural(total, "run")}
        {failed > 0 && (
          <span class="bad">
            {" "}
            {"\u00b7"} {failed} failed
          </span>
        )}
      </p>
      <div
        class="progress"
        role="progressbar"
        aria-label="Runs done"
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
      >
        <i style={{ width: `${share}%` }} />
      </div>
      <p class="muted">
        {status === "running"
          ? etaMs === null
            ? `${duration(elapsedMs)} so far`
            : `${duration(etaMs)} left`
          : `${status === "succeeded" || status === "failed" ? "took" : `${status} after`} ${duration(elapsedMs)}`}
      </p>
    </>
  )
}

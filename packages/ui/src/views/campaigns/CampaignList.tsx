import type { Campaign } from "@sglang-studio/core/domain"
import { useEffect } from "preact/hooks"
import { count, plural, shortId } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { ago, duration, moment } from "../../base/time.ts"
import { campaignList, followCampaigns } from "../../model/campaigns.ts"
import { lastOf, type Load } from "../../model/load.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Empty, Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useRowKeys } from "../../shell/rowKeys.ts"
import { navigate } from "../../shell/router.ts"
import { campaignWords } from "../campaign/campaignWords.ts"
import { soFar } from "../campaign/tally.ts"
import { BaselinePanel } from "./BaselinePanel.tsx"
import "./campaigns.css"

export const CampaignList = () => {
  useCrumbs({ trail: [], title: "Campaigns" })
  const campaigns = campaignList()
  useEffect(followCampaigns, [])
  const load = campaigns.load.value
  const items = lastOf(load)?.items ?? []
  const cursor = useRowKeys(items.length, (index) => navigate(`/campaigns/${items[index]?.id}`))
  return (
    <>
      <Campaigns load={load} cursor={cursor} onRetry={() => void campaigns.refresh()} />
      {items.length > 0 && <BaselinePanel />}
    </>
  )
}

interface CampaignsProps {
  readonly load: Load<{ readonly items: readonly Campaign[] }>
  readonly cursor: number
  readonly onRetry: () => void
}

const Campaigns = ({ load, cursor, onRetry }: CampaignsProps) => {
  const items = lastOf(load)?.items ?? []
  return (
    <section class="card">
      <div class="card-head">
        <h2>Campaigns</h2>
        <span class="note">{load.state === "ready" && plural(items.length, "stored campaign")}</span>
        <a class="button small push" href="/campaigns/new">
          New campaign
        </a>
      </div>
      <Loading load={load} onRetry={onRetry}>
        {() =>
          items.length === 0 ? (
            <Empty
              title="No suite has been run yet"
              command="studio run suite.yaml --backend pt=http://127.0.0.1:30001 --backend jax=http://127.0.0.1:30000 --gate"
            >
              A campaign runs every case of a suite at every point of its matrix on every backend, and judges each cell.{" "}
              <a class="link" href="/campaigns/new">
                Start one here
              </a>{" "}
              or from the command line; it shows here as it goes:
            </Empty>
          ) : (
            <div class="scroll-x" tabIndex={0} role="region" aria-label="Campaigns">
              <table class="rows">
                <thead>
                  <tr>
                    <th>verdict</th>
                    <th>suite</th>
                    <th>backends</th>
                    <th>progress</th>
                    <th>what it says</th>
                    <th class="number">when</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((campaign, index) => (
                    <Row key={campaign.id} campaign={campaign} cursor={index === cursor} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loading>
    </section>
  )
}

const Row = ({ campaign, cursor }: { campaign: Campaign; cursor: boolean }) => {
  const { id, suite, verdict, status, backends, provenances, progress, createdAt } = campaign
  return (
    <tr class={cursor ? "cursor" : ""} aria-selected={cursor}>
      <td>
        <Badge kind={verdict?.outcome ?? status} />
      </td>
      <td class="nowrap">
        <a class="link" href={`/campaigns/${id}`}>
          {suite}
        </a>{" "}
        <span class="mono faint">{shortId(id)}</span>
      </td>
      <td class="nowrap">
        {backends.map((backend, side) => (
          <span key={backend}>
            {side > 0 && <span class="faint"> {"\u2192"} </span>}
            <span class={`mono-name ${sideOf(side)} side-ink`}>{backend}</span>
          </span>
        ))}{" "}
        {provenances.map((provenance) => (
          <OriginBadges key={provenance} provenance={provenance} imported={null} />
        ))}
      </td>
      <td class="nowrap muted">
        {count(progress.done)} of {count(progress.total)}
        {status === "running" && progress.etaMs !== null && ` \u00b7 ${duration(progress.etaMs)} left`}
      </td>
      <td>
        <a class="two-lines" href={`/campaigns/${id}`} title={verdict?.sentence}>
          {verdict === null ? soFar(campaign) : campaignWords(campaign, verdict.sentence)}
        </a>
      </td>
      <td class="number muted nowrap" title={moment(createdAt)}>
        {ago(createdAt)}
      </td>
    </tr>
  )
}

import type { Campaign } from "@sglang-studio/core/domain"
import { useEffect } from "preact/hooks"
import { shortId } from "../../base/format.ts"
import { campaignById, followCampaign } from "../../model/campaigns.ts"
import { lastOf } from "../../model/load.ts"
import { Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { query } from "../../shell/router.ts"
import { CampaignHeader } from "./CampaignHeader.tsx"
import { GateTable } from "./GateTable.tsx"
import { chooseLens, matrixOf } from "./matrix.ts"
import { MatrixPanel } from "./MatrixPanel.tsx"
import { hasThroughput } from "./pareto.ts"
import { ParetoPanel } from "./ParetoPanel.tsx"
import { PlanPanel } from "./PlanPanel.tsx"
import "./campaign.css"

const trail = [{ text: "Campaigns", href: "/campaigns" }]

export const CampaignPage = ({ id }: { id: string }) => {
  const campaign = campaignById(id)
  useEffect(() => followCampaign(id), [id])
  const known = lastOf(campaign.load.value)
  useCrumbs(
    known === null ? { trail, title: `campaign ${shortId(id)}` } : { trail, title: known.suite, note: shortId(id) }
  )
  return (
    <Loading
      load={campaign.load.value}
      onRetry={() => void campaign.refresh()}
      lines={10}
      back={{ text: "All campaigns", href: "/campaigns" }}
    >
      {(value) => <Whole campaign={value} />}
    </Loading>
  )
}

const Whole = ({ campaign }: { campaign: Campaign }) => {
  const asked = (name: string) => query.value.get(name)
  const lens = chooseLens(campaign, {
    gate: asked("gate"),
    candidate: asked("candidate"),
    columns: asked("columns")
  })
  const matrix = matrixOf(campaign, lens)
  // A gate of tokens has no figure of its own; the cases that were timed have.
  const timed = { ...campaign, cells: campaign.cells.filter(hasThroughput) }
  const timedLens = chooseLens(timed, { gate: asked("gate"), candidate: lens.candidate, columns: asked("columns") })
  return (
    <>
      <CampaignHeader campaign={campaign} />
      {campaign.cells.length > 0 && (
        <div class="campaign-figures">
          <MatrixPanel campaign={campaign} lens={lens} matrix={matrix} />
          <ParetoPanel campaign={campaign} lens={timedLens} matrix={matrixOf(timed, timedLens)} />
        </div>
      )}
      {campaign.cells.length > 0 && <GateTable campaign={campaign} />}
      <PlanPanel campaign={campaign} />
    </>
  )
}

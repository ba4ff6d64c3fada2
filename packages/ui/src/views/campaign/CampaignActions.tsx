import type { Campaign } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { attempt } from "../../model/attempt.ts"
import { cancelCampaign, pauseCampaign, resumeCampaign } from "../../model/campaigns.ts"
import { PromoteDialog } from "./PromoteDialog.tsx"

/** What can be done with a campaign in its state. */
export const CampaignActions = ({ campaign }: { campaign: Campaign }) => {
  const [promoting, setPromoting] = useState(false)
  const act = (work: (id: string) => Promise<void>) => () => void attempt(() => work(campaign.id))
  const resumable = campaign.status === "paused" || campaign.status === "cancelled" || campaign.status === "interrupted"
  return (
    <div class="campaign-actions">
      {campaign.status === "running" && (
        <>
          <button type="button" class="button small" onClick={act(pauseCampaign)}>
            Pause
          </button>
          <button type="button" class="button small" onClick={act(cancelCampaign)}>
            Cancel
          </button>
        </>
      )}
      {resumable && (
        <button type="button" class="button small accent" onClick={act(resumeCampaign)}>
          Resume
        </button>
      )}
      {campaign.verdict !== null && (
        <a class="button small" href={`/campaigns/new?${again(campaign)}`}>
          Run again{"\u2026"}
        </a>
      )}
      {campaign.verdict !== null && (
        <button type="button" class="button small" onClick={() => setPromoting(true)}>
          Promote as baseline{"\u2026"}
        </button>
      )}
      {promoting && <PromoteDialog campaign={campaign} onClose={() => setPromoting(false)} />}
    </div>
  )
}

/** The form of the same suite on the same backends. */
const again = ({ id, backends, against }: Campaign): URLSearchParams =>
  new URLSearchParams({ of: id, backends: backends.join(","), ...(against !== null && { against }) })

import type { Campaign } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { attempt } from "../../model/attempt.ts"
import { cancelCampaign, pauseCampaign, resumeCampaign } from "../../model/campaigns.ts"
import { useKeptFocus } from "../../shell/keptFocus.ts"
import { PromoteDialog } from "./PromoteDialog.tsx"

/** What can be done with a campaign in its state. */
export const CampaignActions = ({ campaign }: { campaign: Campaign }) => {
  const [promoting, setPromoting] = useState(false)
  const [asked, setAsked] = useState<"pause" | "cancel" | null>(null)
  const group = useKeptFocus<HTMLDivElement>()
  const running = campaign.status === "running"
  const resumable = campaign.status === "paused" || campaign.status === "cancelled" || campaign.status === "interrupted"
  const hasEnded = campaign.status === "succeeded" || campaign.status === "failed"
  // It goes on until the run under way has ended.
  const ask = (what: "pause" | "cancel", work: (id: string) => Promise<void>) => () => {
    if (asked !== null) return
    setAsked(what)
    void attempt(() =>
      work(campaign.id).catch((thrown: unknown) => {
        setAsked(null)
        throw thrown
      })
    )
  }
  useEffect(() => {
    if (!running) setAsked(null)
  }, [running])
  return (
    <div class="campaign-actions" ref={group}>
      {running && (
        <>
          <button
            type="button"
            class="button small"
            aria-disabled={asked !== null}
            onClick={ask("pause", pauseCampaign)}
          >
            {asked === "pause" ? "Pausing\u2026" : "Pause"}
          </button>
          <button
            type="button"
            class="button small"
            aria-disabled={asked !== null}
            onClick={ask("cancel", cancelCampaign)}
          >
            {asked === "cancel" ? "Cancelling\u2026" : "Cancel"}
          </button>
        </>
      )}
      {resumable && (
        <button
          type="button"
          class="button small accent"
          onClick={() => void attempt(() => resumeCampaign(campaign.id))}
        >
          Resume
        </button>
      )}
      {campaign.verdict !== null && (
        <a class="button small" href={`/campaigns/new?${again(campaign)}`}>
          Run again{"\u2026"}
        </a>
      )}
      {hasEnded && (
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

import type { Campaign, LiveEntry } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { atMostEvery } from "./atMostEvery.ts"
import { campaignRequest, type CampaignForm } from "./campaignForm.ts"
import { onLive, onResume } from "./live.ts"
import { lastOf, loaded, type Loaded } from "./load.ts"

const cache = new Map<string, Loaded<Campaign>>()

/** The campaign with this id, kept fresh while it goes on. */
export const campaignById = (id: string): Loaded<Campaign> => {
  const known = cache.get(id)
  if (known !== undefined) return known
  const campaign = loaded(() => api.getCampaign({ id }))
  cache.set(id, campaign)
  return campaign
}

const remember = (campaign: Campaign): void => campaignById(campaign.id).set(campaign)

/** Starts it and gives its id. */
export const startCampaign = async (form: CampaignForm): Promise<string> => {
  const campaign = await api.startCampaign(campaignRequest(form))
  remember(campaign)
  return campaign.id
}

export const pauseCampaign = async (id: string): Promise<void> => remember(await api.pauseCampaign({ id }))
export const cancelCampaign = async (id: string): Promise<void> => remember(await api.cancelCampaign({ id }))
export const resumeCampaign = async (id: string): Promise<void> => remember(await api.resumeCampaign({ id }))

let all: Loaded<{ readonly items: readonly Campaign[] }> | null = null

/** Every campaign without its runs, the newest first; fetched when it is first asked for. */
export const campaignList = () => (all ??= loaded(() => api.listCampaigns({ runs: false })))

const settleMs = 2000
const endMs = 2000
const pulseMs = 10_000

/** What a screen shows of campaigns, and what concerns it. */
interface Shown {
  readonly shown: Loaded<unknown>
  readonly campaigns: () => readonly Campaign[]
  readonly concerns: (entry: LiveEntry) => boolean
}

/** How long they may go without an event; null: nothing is to come. */
const patience = (campaigns: readonly Campaign[]): number | null => {
  const running = campaigns.filter(({ status }) => status === "running")
  if (running.length === 0) return null
  return running.some(({ progress }) => progress.done === progress.total) ? endMs : pulseMs
}

/** Fetches again when an event says that something changed, at most every two seconds. Returns the way to stop. */
const keepFresh = ({ shown, campaigns, concerns }: Shown): (() => void) => {
  let last = Date.now()
  const fetchNow = () => {
    last = Date.now()
    void shown.refresh()
  }
  const soon = atMostEvery(settleMs, fetchNow)
  // Cells are judged, and a campaign ends or loses its process, without an event of a run.
  const pulse = setInterval(() => {
    const most = patience(campaigns())
    if (!soon.isDue() && most !== null && Date.now() - last >= most) fetchNow()
  }, endMs)
  const stops = [onLive((entry) => concerns(entry) && soon.want()), onResume(soon.want)]
  if (shown.load.peek().state !== "loading") fetchNow()
  return () => {
    clearInterval(pulse)
    soon.stop()
    for (const stop of stops) stop()
  }
}

/** Keeps a campaign fresh until it is called back. */
export const followCampaign = (id: string): (() => void) => {
  const shown = campaignById(id)
  const current = () => lastOf(shown.load.peek())
  // Runs that the last answer cannot know yet.
  const made = new Set<string>()
  return keepFresh({
    shown,
    campaigns: () => [current() ?? []].flat(),
    concerns: ({ runId, event }) => {
      if (event.type === "created" && event.campaign === current()?.id) made.add(runId)
      if (event.type !== "created" && event.type !== "status") return false
      return made.has(runId) || current()?.runs.some((run) => run.runId === runId) === true
    }
  })
}

/** Keeps the list fresh until it is called back. */
export const followCampaigns = (): (() => void) => {
  const shown = campaignList()
  const campaigns = () => lastOf(shown.load.peek())?.items ?? []
  return keepFresh({
    shown,
    campaigns,
    concerns: ({ event }) =>
      event.type === "created"
        ? event.campaign !== null
        : event.type === "status" && campaigns().some(({ status }) => status === "running")
  })
}

import type { Campaign } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
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

/** Every campaign, the newest first; fetched when it is first asked for. */
export const campaignList = () => (all ??= loaded(() => api.listCampaigns()))

/** A campaign, or all of them. */
interface Shown {
  refresh(): Promise<void>
  readonly goesOn: () => boolean
}

const shown = new Set<Shown>()
const settleMs = 1000
const pulseMs = 2000
let timer: ReturnType<typeof setTimeout> | null = null

/** What is shown is fetched again, at most once a second. */
const soon = (): void => {
  timer ??= setTimeout(() => {
    timer = null
    for (const value of shown) void value.refresh()
  }, settleMs)
}

const keepFresh = (value: Shown): (() => void) => {
  shown.add(value)
  void value.refresh()
  // Cells are judged and a campaign ends between the events of its runs.
  const pulse = setInterval(() => value.goesOn() && void value.refresh(), pulseMs)
  return () => {
    clearInterval(pulse)
    shown.delete(value)
  }
}

/** Keeps a campaign fresh until it is called back. */
export const followCampaign = (id: string): (() => void) => {
  const { refresh, load } = campaignById(id)
  return keepFresh({ refresh, goesOn: () => lastOf(load.peek())?.status === "running" })
}

/** Keeps the list fresh until it is called back. */
export const followCampaigns = (): (() => void) => {
  const { refresh, load } = campaignList()
  return keepFresh({
    refresh,
    goesOn: () => lastOf(load.peek())?.items.some(({ status }) => status === "running") ?? false
  })
}

onLive(({ event }) => (event.type === "created" || event.type === "status") && soon())
onResume(soon)

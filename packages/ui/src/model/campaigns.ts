import type { Baseline, Campaign } from "@sglang-studio/core/domain"
import { campaignApi as api } from "../api/campaigns.ts"
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

export const pauseCampaign = async (id: string): Promise<void> => remember(await api.pauseCampaign({ id }))
export const cancelCampaign = async (id: string): Promise<void> => remember(await api.cancelCampaign({ id }))
export const resumeCampaign = async (id: string): Promise<void> => remember(await api.resumeCampaign({ id }))

interface Promotion {
  readonly backend: string
  readonly name: string
  readonly reason: string
  readonly author: string
}

export const promoteBaseline = async (campaign: string, promotion: Promotion): Promise<readonly Baseline[]> =>
  (await api.promoteBaseline({ campaign, ...promotion })).items

export const campaigns = loaded(() => api.listCampaigns())

const settleMs = 500
let timer: ReturnType<typeof setTimeout> | null = null

/** What goes on is fetched again, at most twice a second. */
const soon = (): void => {
  timer ??= setTimeout(() => {
    timer = null
    if (watching > 0) void campaigns.refresh()
    for (const campaign of cache.values()) {
      const last = lastOf(campaign.load.peek())
      if (last === null || last.status === "running") void campaign.refresh()
    }
  }, settleMs)
}

let watching = 0

/** Keeps the list fresh until it is called back. */
export const watchCampaigns = (): (() => void) => {
  watching++
  void campaigns.refresh()
  return () => {
    watching--
  }
}

onLive(({ event }) => (event.type === "created" || event.type === "status") && soon())
onResume(soon)

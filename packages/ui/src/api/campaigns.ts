import { readLiveEntry } from "@sglang-studio/core/contract"
import type { Baseline, Campaign } from "@sglang-studio/core/domain"

// The contract has no campaigns yet: until it does, this stands for the client.
const call = async <T>(path: string, body?: object): Promise<T> => {
  const response = await fetch(
    `/api/v1${path}`,
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
  )
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return readLiveEntry(text) as unknown as T
}

export const campaignApi = {
  listCampaigns: () => call<{ items: readonly Campaign[] }>("/campaigns"),
  getCampaign: ({ id }: { id: string }) => call<Campaign>(`/campaigns/${id}`),
  cancelCampaign: ({ id }: { id: string }) => call<Campaign>(`/campaigns/${id}/cancel`, {}),
  pauseCampaign: ({ id }: { id: string }) => call<Campaign>(`/campaigns/${id}/pause`, {}),
  resumeCampaign: ({ id }: { id: string }) => call<Campaign>(`/campaigns/${id}/resume`, {}),
  promoteBaseline: (input: object) => call<{ items: readonly Baseline[] }>("/baselines", input)
}

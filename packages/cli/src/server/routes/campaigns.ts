import type { Studio } from "@sglang-studio/core"
import type { Handlers } from "../handlers.ts"

export const campaignHandlers = ({ campaigns, baselines }: Studio) =>
  ({
    listCampaigns: async (filter) => ({ items: await campaigns.list(filter) }),
    startCampaign: ({ suite, ...how }) => campaigns.start(suite, how),
    getCampaign: ({ id }) => campaigns.get(id),
    cancelCampaign: ({ id }) => campaigns.cancel(id),
    pauseCampaign: ({ id }) => campaigns.pause(id),
    resumeCampaign: ({ id, ...how }) => campaigns.resume(id, how),
    listBaselines: async (filter) => ({ items: await baselines.list(filter) }),
    promoteBaseline: async ({ campaign, ...promotion }) => ({ items: await baselines.promote(campaign, promotion) }),
    listWaivers: async (filter) => ({ items: await baselines.waivers(filter) }),
    waiveGate: (waiver) => baselines.waive(waiver)
  }) satisfies Partial<Handlers>

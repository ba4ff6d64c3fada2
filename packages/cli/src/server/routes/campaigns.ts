import type { Studio, SuiteSource } from "@sglang-studio/core"
import type { JsonObject } from "@sglang-studio/core/domain"
import type { Handlers } from "../handlers.ts"

export const campaignHandlers = ({ campaigns, baselines, plan }: Studio) =>
  ({
    listCampaigns: async ({ runs = true, ...filter }) => {
      const items = await campaigns.list(filter)
      return { items: runs ? items : items.map((campaign) => ({ ...campaign, runs: [] })) }
    },
    planCampaign: async ({ suite, suiteOf, ...how }) => ({ plan: await plan(sourceOf({ suite, suiteOf }), how) }),
    startCampaign: ({ suite, suiteOf, ...how }) => campaigns.start(sourceOf({ suite, suiteOf }), how),
    getCampaign: ({ id }) => campaigns.get(id),
    cancelCampaign: ({ id }) => campaigns.cancel(id),
    pauseCampaign: ({ id }) => campaigns.pause(id),
    resumeCampaign: ({ id, ...how }) => campaigns.resume(id, how),
    listBaselines: async (filter) => ({ items: await baselines.list(filter) }),
    promoteBaseline: async ({ campaign, ...promotion }) => ({ items: await baselines.promote(campaign, promotion) }),
    listWaivers: async (filter) => ({ items: await baselines.waivers(filter) }),
    waiveGate: (waiver) => baselines.waive(waiver)
  }) satisfies Partial<Handlers>

interface Asked {
  readonly suite: JsonObject | string | undefined
  readonly suiteOf: string | undefined
}

/** A text is what a file holds, never the path of one: nobody gets at files of this machine that way. */
const sourceOf = ({ suite, suiteOf }: Asked): SuiteSource =>
  typeof suite === "string" ? { text: suite } : (suite ?? { campaign: suiteOf ?? "" })

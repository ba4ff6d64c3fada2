import * as Effect from "effect/Effect"
import type { Campaign, CampaignOptions } from "../../domain/campaign.ts"
import type { Verdict } from "../../domain/verdict.ts"
import { liftSignal } from "../lift.ts"
import type {
  CampaignReport,
  CampaignResume,
  CampaignStart,
  CampaignWatch,
  PlanOptions,
  SuiteSource
} from "./CampaignStart.ts"
import type { Campaigns } from "./Campaigns.ts"
import { suiteOf } from "./suiteOf.ts"

export const startCampaign = (campaigns: Campaigns, source: SuiteSource, how: CampaignStart = {}) =>
  Effect.flatMap(suiteOf(source, campaigns), (suite) => campaigns.start(suite, how.backends ?? [], optionsOf(how)))

export const previewCampaign = (campaigns: Campaigns, source: SuiteSource, how: PlanOptions = {}) =>
  Effect.flatMap(suiteOf(source, campaigns), (suite) => campaigns.plan(suite, how.backends ?? [], optionsOf(how)))

const optionsOf = (how: CampaignStart): CampaignOptions => ({
  against: how.against ?? null,
  gate: how.gate ?? false,
  allowMock: how.allowMock ?? false,
  untilDecided: how.untilDecided ?? false,
  adapterMode: how.adapterMode ?? null
})

export const resumeCampaign = Effect.fnUntraced(function* (
  campaigns: Campaigns,
  idOrPrefix: string,
  { backends, suite, gate = false, allowMock = false }: CampaignResume = {}
) {
  return yield* campaigns.resume(idOrPrefix, {
    ...(gate && { gate: { allowMock } }),
    ...(backends && { backends }),
    ...(suite !== undefined && { suite: yield* suiteOf(suite, campaigns) })
  })
})

/** Waits for a campaign's rest, whoever is at it; an aborted signal cancels it. */
export const watchCampaign = Effect.fnUntraced(function* (
  campaigns: Campaigns,
  idOrPrefix: string,
  { signal, onProgress }: CampaignWatch = {}
) {
  const { id } = yield* campaigns.get(idOrPrefix)
  const rest = campaigns.wait(id, onProgress)
  const cancelled =
    signal === undefined
      ? Effect.never
      : liftSignal(signal).pipe(Effect.andThen(campaigns.cancel(id)), Effect.andThen(campaigns.wait(id, onProgress)))
  const campaign = yield* Effect.raceFirst(rest, cancelled)
  return { campaign, verdict: campaign.verdict ?? unended(campaign) } satisfies CampaignReport
})

const unended = ({ id, status, progress }: Campaign): Verdict => {
  const message = `the campaign is ${status} after ${progress.done} of ${progress.total} runs`
  return {
    outcome: "inconclusive",
    sentence: `Not decided: ${message}; go on with \`studio run --resume ${id}\`.`,
    reasons: [{ code: status, message, evidence: { done: progress.done, total: progress.total } }],
    wouldDecide: `the other ${progress.total - progress.done} runs would decide`
  }
}

import type { Campaign } from "../../domain/campaign.ts"
import type { JsonObject } from "../../domain/json.ts"
import type { Point } from "../../domain/plan.ts"
import type { Verdict } from "../../domain/verdict.ts"
import type { AdapterMode } from "../StudioOptions.ts"
import type { SuiteFile } from "../../suiteFile/SuiteFile.ts"

/** The text of a suite file, YAML or JSON. */
export interface SuiteText {
  readonly text: string
}

/** The suite that a stored campaign ran, as it was then; an id or an unambiguous prefix. */
export interface SuiteOf {
  readonly campaign: string
}

/** A suite as a file holds it (JSON is checked like one), its text, an earlier campaign's, or the path of such a file. What it names is read from beside the file, else from the working folder. */
export type SuiteSource = string | SuiteText | SuiteOf | SuiteFile | JsonObject

/** How a suite is run. */
export interface CampaignStart {
  /** Names or specs, the baseline first; default: those that the suite names. */
  readonly backends?: readonly string[]
  /** Name of a stored baseline that each backend is compared with, in place of the first backend. */
  readonly against?: string
  /** Refuse what a gate must not judge (`mock-refused`) before anything is run. */
  readonly gate?: boolean
  readonly allowMock?: boolean
  /** Double the repeats once where they do not decide. */
  readonly untilDecided?: boolean
  readonly adapterMode?: AdapterMode
}

/** What a plan depends on. */
export type PlanOptions = Pick<CampaignStart, "backends" | "against" | "adapterMode">

export interface CampaignResume {
  /**
   * Says again what its names mean, where these are specs with secrets. Refused (`backend-changed`) where a backend has
   * other settings than the campaign began with.
   */
  readonly backends?: readonly string[]
  /** Refused (`suite-changed`) where it is not what the campaign began with. */
  readonly suite?: SuiteSource
  /** Refuse what a gate must not judge (`mock-refused`) before anything is run, however the campaign began. */
  readonly gate?: boolean
  readonly allowMock?: boolean
}

export interface CampaignWatch {
  /** Called a few times a second, and at the end. */
  readonly onProgress?: (campaign: Campaign) => void
  /** Aborted: the campaign is cancelled; what it has made stays. */
  readonly signal?: AbortSignal
}

export interface CampaignReport {
  readonly campaign: Campaign
  /** Of a campaign that did not come to its end: inconclusive. */
  readonly verdict: Verdict
}

export interface CampaignFilter {
  /** Default 50. */
  readonly limit?: number
  readonly suite?: string
}

export interface PromoteOptions {
  /** `main`; a suite can have several. */
  readonly name: string
  readonly reason: string
  readonly author: string
  /** Of this backend only. */
  readonly backend?: string
  readonly allowMock?: boolean
}

/** Refused (`invalid-request`) where the newest campaigns of the suite have no such gate, case or backend. */
export interface WaiveOptions {
  /** One that was run; where nothing was run yet, any. */
  readonly suite: string
  /** Its name, or `NAME:REQUEST` for one request of several. */
  readonly gate: string
  /** RFC 3339 date or time. */
  readonly until: string
  readonly reason: string
  readonly author: string
  /** Left out: every one, as for point and backend. */
  readonly case?: string
  readonly point?: Point
  readonly backend?: string
}

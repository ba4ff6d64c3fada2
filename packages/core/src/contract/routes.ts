import { Waiver } from "../codec/baseline.ts"
import { Campaign } from "../codec/campaign.ts"
import { Comparison } from "../codec/comparison.ts"
import { LiveEntry } from "../codec/event.ts"
import { CaseSpec, ParityCase } from "../codec/parityCase.ts"
import { BackendInfo } from "../codec/probe.ts"
import { Run } from "../codec/run.ts"
import { TraceSlice } from "../codec/trace.ts"
import type { WireCodec } from "../codec/WireCodec.ts"
import { translateCase, translateCompare, translateSubmit } from "./aliases.ts"
import { endpoints, type Endpoint } from "./endpoints.ts"
import * as replies from "./replies.ts"
import * as requests from "./requests.ts"

/**
 * An operation with what it takes and gives. `input` is all that a caller says besides the path: the query of a GET,
 * the JSON body of the rest.
 */
export interface Route<E extends Endpoint = Endpoint, Input = unknown, Output = unknown> {
  readonly endpoint: E
  readonly input: WireCodec<Input>
  /** Of a stream: of each event. Bytes have none. */
  readonly output: WireCodec<Output>
  /** Rewrites older spellings of the input before it is read. */
  readonly translate?: (input: unknown) => unknown
}

const route = <const E extends Endpoint, Input, Output>(
  endpoint: E,
  input: WireCodec<Input>,
  output: WireCodec<Output>,
  translate?: (input: unknown) => unknown
): Route<E, Input, Output> => ({ endpoint, input, output, ...(translate && { translate }) })

/** The API: this table checks requests, writes the OpenAPI document and types the client. */
export const routes = {
  health: route(endpoints.health, requests.Nothing, replies.Health),
  status: route(endpoints.status, requests.Nothing, replies.Status),
  openApi: route(endpoints.openApi, requests.Nothing, replies.OpenApi),
  submitRun: route(endpoints.submitRun, requests.SubmitRun, Run, translateSubmit),
  listRuns: route(endpoints.listRuns, requests.RunQuery, replies.RunPage),
  getRun: route(endpoints.getRun, requests.Nothing, Run),
  annotateRun: route(endpoints.annotateRun, requests.Annotation, Run),
  cancelRun: route(endpoints.cancelRun, requests.Nothing, Run),
  repeatRun: route(endpoints.repeatRun, requests.Nothing, Run),
  runEvents: route(endpoints.runEvents, requests.EventQuery, LiveEntry),
  runSamples: route(endpoints.runSamples, requests.Nothing, replies.Samples),
  runTrace: route(endpoints.runTrace, requests.TraceQuery, TraceSlice),
  runArtifact: route(endpoints.runArtifact, requests.Nothing, replies.Bytes),
  compare: route(endpoints.compare, requests.CompareRequest, Comparison, translateCompare),
  listComparisons: route(endpoints.listComparisons, requests.Nothing, replies.Comparisons),
  getComparison: route(endpoints.getComparison, requests.Nothing, Comparison),
  confirmComparison: route(endpoints.confirmComparison, requests.ConfirmRequest, Comparison),
  listCases: route(endpoints.listCases, requests.CaseQuery, replies.Cases),
  addCase: route(endpoints.addCase, CaseSpec, ParityCase, translateCase),
  importCases: route(endpoints.importCases, requests.CaseImport, replies.Cases),
  exportCases: route(endpoints.exportCases, requests.CaseQuery, replies.CaseLines),
  runCases: route(endpoints.runCases, requests.RunCases, replies.CaseRun),
  getCaseRun: route(endpoints.getCaseRun, requests.Nothing, replies.CaseRun),
  cancelCaseRun: route(endpoints.cancelCaseRun, requests.Nothing, replies.CaseRun),
  getCase: route(endpoints.getCase, requests.Nothing, ParityCase),
  replaceCase: route(endpoints.replaceCase, CaseSpec, ParityCase, translateCase),
  removeCase: route(endpoints.removeCase, requests.Nothing, ParityCase),
  listCampaigns: route(endpoints.listCampaigns, requests.CampaignQuery, replies.Campaigns),
  planCampaign: route(endpoints.planCampaign, requests.StartCampaign, replies.CampaignPlan),
  startCampaign: route(endpoints.startCampaign, requests.StartCampaign, Campaign),
  getCampaign: route(endpoints.getCampaign, requests.Nothing, Campaign),
  cancelCampaign: route(endpoints.cancelCampaign, requests.Nothing, Campaign),
  pauseCampaign: route(endpoints.pauseCampaign, requests.Nothing, Campaign),
  resumeCampaign: route(endpoints.resumeCampaign, requests.ResumeCampaign, Campaign),
  listBaselines: route(endpoints.listBaselines, requests.BaselineQuery, replies.Baselines),
  promoteBaseline: route(endpoints.promoteBaseline, requests.Promotion, replies.Baselines),
  listWaivers: route(endpoints.listWaivers, requests.WaiverQuery, replies.Waivers),
  waiveGate: route(endpoints.waiveGate, requests.NewWaiver, Waiver),
  listBackends: route(endpoints.listBackends, requests.Nothing, replies.Backends),
  addBackend: route(endpoints.addBackend, requests.NewBackend, BackendInfo),
  probeBackend: route(endpoints.probeBackend, requests.Nothing, BackendInfo),
  listSelfChecks: route(endpoints.listSelfChecks, requests.Nothing, replies.SelfChecks),
  tokenize: route(endpoints.tokenize, requests.TokenizeRequest, replies.Tokens),
  listAdapters: route(endpoints.listAdapters, requests.Nothing, replies.Adapters),
  events: route(endpoints.events, requests.EventQuery, LiveEntry)
} as const satisfies { readonly [Id in keyof typeof endpoints]: Route<(typeof endpoints)[Id]> }

export type Routes = typeof routes

/** Path parameters and input in one object. */
export type InputOf<R> =
  R extends Route<infer E, infer Input> ? { readonly [K in PathNames<E["path"]>]: string } & Input : never

export type OutputOf<R> = R extends Route<Endpoint, infer _Input, infer Output> ? Output : never

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never

/** Where an operation of the API is, and the form of its answer. */
export interface Endpoint<Path extends string = string, Reply extends ReplyKind = ReplyKind> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Below `/api/v1`; a name in braces is a parameter. */
  readonly path: Path
  readonly reply: Reply
  readonly summary: string
}

/** `json` and `created` are JSON with status 200 and 201, `events` a stream that resumes, `file` bytes in ranges. */
export type ReplyKind = "json" | "created" | "events" | "file"

export const basePath = "/api/v1"

/** Every operation by its id: plain data, so that a browser can have it without the codecs. */
export const endpoints = {
  health: {
    method: "GET",
    path: "/health",
    reply: "json",
    summary: "Say that the server is up, and its version"
  },
  status: {
    method: "GET",
    path: "/status",
    reply: "json",
    summary: "Count runs, campaigns and bytes of the data folder"
  },
  openApi: {
    method: "GET",
    path: "/openapi.json",
    reply: "json",
    summary: "This API as an OpenAPI document"
  },
  submitRun: {
    method: "POST",
    path: "/runs",
    reply: "created",
    summary: "Queue a run and answer at once"
  },
  listRuns: {
    method: "GET",
    path: "/runs",
    reply: "json",
    summary: "List runs, newest first"
  },
  getRun: {
    method: "GET",
    path: "/runs/{id}",
    reply: "json",
    summary: "Get a run by its id or an unambiguous prefix"
  },
  annotateRun: {
    method: "PATCH",
    path: "/runs/{id}",
    reply: "json",
    summary: "Change tags, note, pin and archive mark"
  },
  cancelRun: {
    method: "POST",
    path: "/runs/{id}/cancel",
    reply: "json",
    summary: "Cancel a run; a finished one stays as it is"
  },
  repeatRun: {
    method: "POST",
    path: "/runs/{id}/repeat",
    reply: "created",
    summary: "Queue the same request on the same backend again"
  },
  runEvents: {
    method: "GET",
    path: "/runs/{id}/events",
    reply: "events",
    summary: "Follow a run from its beginning, or from after an event, until it has finished"
  },
  runSamples: {
    method: "GET",
    path: "/runs/{id}/samples",
    reply: "json",
    summary: "Get the measured requests of a run"
  },
  runTrace: {
    method: "GET",
    path: "/runs/{id}/trace",
    reply: "json",
    summary: "Get positions [from, to) of a token trace, in columns"
  },
  runArtifact: {
    method: "GET",
    path: "/runs/{id}/artifacts/{name}",
    reply: "file",
    summary: "Get a stored file of a run"
  },
  compare: {
    method: "POST",
    path: "/compares",
    reply: "created",
    summary: "Compare stored runs and store the comparison; the first arm is the baseline"
  },
  listComparisons: {
    method: "GET",
    path: "/compares",
    reply: "json",
    summary: "List stored comparisons, newest first"
  },
  getComparison: {
    method: "GET",
    path: "/compares/{id}",
    reply: "json",
    summary: "Get a stored comparison"
  },
  confirmComparison: {
    method: "POST",
    path: "/compares/{id}/confirm",
    reply: "created",
    summary: "Make the checks that a comparison suggests, and compare again with what they showed"
  },
  listCases: {
    method: "GET",
    path: "/cases",
    reply: "json",
    summary: "List parity cases with their last verdicts"
  },
  addCase: {
    method: "POST",
    path: "/cases",
    reply: "created",
    summary: "Store a parity case"
  },
  importCases: {
    method: "POST",
    path: "/cases/import",
    reply: "created",
    summary: "Store the cases of a file, one JSON object a line; a case whose name is there takes its place"
  },
  exportCases: {
    method: "POST",
    path: "/cases/export",
    reply: "json",
    summary: "Get the cases as such lines"
  },
  runCases: {
    method: "POST",
    path: "/cases/run",
    reply: "created",
    summary: "Start to put cases to backends; the answer names the check, whose progress can be asked"
  },
  getCaseRun: {
    method: "GET",
    path: "/cases/run/{id}",
    reply: "json",
    summary: "See how far a parity check is, and what it found"
  },
  cancelCaseRun: {
    method: "POST",
    path: "/cases/run/{id}/cancel",
    reply: "json",
    summary: "End a parity check and its runs"
  },
  getCase: {
    method: "GET",
    path: "/cases/{id}",
    reply: "json",
    summary: "Get a parity case by its name, its id or an unambiguous prefix"
  },
  replaceCase: {
    method: "PUT",
    path: "/cases/{id}",
    reply: "json",
    summary: "Change a parity case; verdicts on another input are forgotten"
  },
  removeCase: {
    method: "DELETE",
    path: "/cases/{id}",
    reply: "json",
    summary: "Remove a parity case and answer with what it was"
  },
  listCampaigns: {
    method: "GET",
    path: "/campaigns",
    reply: "json",
    summary: "List campaigns, newest first; with runs=false their lists of runs are empty"
  },
  planCampaign: {
    method: "POST",
    path: "/campaigns/plan",
    reply: "json",
    summary: "Tell what a campaign would do, of the same request that starts it; nothing is run or stored"
  },
  startCampaign: {
    method: "POST",
    path: "/campaigns",
    reply: "created",
    summary: "Start to run a suite and answer at once"
  },
  getCampaign: {
    method: "GET",
    path: "/campaigns/{id}",
    reply: "json",
    summary: "Get a campaign by its id or an unambiguous prefix; it changes while it is running"
  },
  cancelCampaign: {
    method: "POST",
    path: "/campaigns/{id}/cancel",
    reply: "json",
    summary: "Stop a campaign and the run that it is making; one that has ended stays as it is"
  },
  pauseCampaign: {
    method: "POST",
    path: "/campaigns/{id}/pause",
    reply: "json",
    summary: "Let a campaign rest after the run that it is making"
  },
  resumeCampaign: {
    method: "POST",
    path: "/campaigns/{id}/resume",
    reply: "json",
    summary: "Go on with a campaign that is at rest; finished runs stay"
  },
  listBaselines: {
    method: "GET",
    path: "/baselines",
    reply: "json",
    summary: "List stored baselines that are in use, newest first"
  },
  promoteBaseline: {
    method: "POST",
    path: "/baselines",
    reply: "created",
    summary: "Make the runs of a campaign what later ones are compared with"
  },
  listWaivers: {
    method: "GET",
    path: "/waivers",
    reply: "json",
    summary: "List waivers of gates, expired ones among them"
  },
  waiveGate: {
    method: "POST",
    path: "/waivers",
    reply: "created",
    summary: "Excuse a gate of a suite until a date"
  },
  listBackends: {
    method: "GET",
    path: "/backends",
    reply: "json",
    summary: "List backends with the last probe of each"
  },
  addBackend: {
    method: "POST",
    path: "/backends",
    reply: "created",
    summary: "Add a backend"
  },
  probeBackend: {
    method: "POST",
    path: "/backends/{name}/probe",
    reply: "json",
    summary: "Ask a backend what it is and what it can do now"
  },
  listSelfChecks: {
    method: "GET",
    path: "/backends/{name}/self-checks",
    reply: "json",
    summary: "List what a backend said of itself, newest first"
  },
  tokenize: {
    method: "POST",
    path: "/backends/{name}/tokenize",
    reply: "json",
    summary: "Get the token ids of texts on a backend"
  },
  listAdapters: {
    method: "GET",
    path: "/adapters",
    reply: "json",
    summary: "List adapters and the most that each can do"
  },
  events: {
    method: "GET",
    path: "/events",
    reply: "events",
    summary: "Follow all runs, from now or from after an event"
  }
} as const satisfies { readonly [id: string]: Endpoint }

export type Endpoints = typeof endpoints
export type OperationId = keyof Endpoints

/** Ids of the operations that answer in one of the ways. */
export type Answering<Kind extends ReplyKind> = {
  [Id in OperationId]: Endpoints[Id]["reply"] extends Kind ? Id : never
}[OperationId]

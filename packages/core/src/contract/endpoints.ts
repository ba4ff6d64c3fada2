/** Where an operation of the API is, and the form of its answer. */
export interface Endpoint<Path extends string = string, Reply extends ReplyKind = ReplyKind> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Below `/api/v1`; a name in braces is a parameter. */
  readonly path: Path
  readonly reply: Reply
}

/** `json` and `created` are JSON with status 200 and 201, `events` a stream that resumes, `file` bytes in ranges. */
export type ReplyKind = "json" | "created" | "events" | "file"

export const basePath = "/api/v1"

/** Every operation by its id: plain data, so that a browser can have it without codecs and words. */
export const endpoints = {
  health: {
    method: "GET",
    path: "/health",
    reply: "json"
  },
  status: {
    method: "GET",
    path: "/status",
    reply: "json"
  },
  openApi: {
    method: "GET",
    path: "/openapi.json",
    reply: "json"
  },
  submitRun: {
    method: "POST",
    path: "/runs",
    reply: "created"
  },
  listRuns: {
    method: "GET",
    path: "/runs",
    reply: "json"
  },
  getRun: {
    method: "GET",
    path: "/runs/{id}",
    reply: "json"
  },
  annotateRun: {
    method: "PATCH",
    path: "/runs/{id}",
    reply: "json"
  },
  cancelRun: {
    method: "POST",
    path: "/runs/{id}/cancel",
    reply: "json"
  },
  repeatRun: {
    method: "POST",
    path: "/runs/{id}/repeat",
    reply: "created"
  },
  runEvents: {
    method: "GET",
    path: "/runs/{id}/events",
    reply: "events"
  },
  runSamples: {
    method: "GET",
    path: "/runs/{id}/samples",
    reply: "json"
  },
  runTrace: {
    method: "GET",
    path: "/runs/{id}/trace",
    reply: "json"
  },
  runArtifact: {
    method: "GET",
    path: "/runs/{id}/artifacts/{name}",
    reply: "file"
  },
  compare: {
    method: "POST",
    path: "/compares",
    reply: "created"
  },
  listComparisons: {
    method: "GET",
    path: "/compares",
    reply: "json"
  },
  getComparison: {
    method: "GET",
    path: "/compares/{id}",
    reply: "json"
  },
  confirmComparison: {
    method: "POST",
    path: "/compares/{id}/confirm",
    reply: "created"
  },
  listCases: {
    method: "GET",
    path: "/cases",
    reply: "json"
  },
  addCase: {
    method: "POST",
    path: "/cases",
    reply: "created"
  },
  importCases: {
    method: "POST",
    path: "/cases/import",
    reply: "created"
  },
  exportCases: {
    method: "POST",
    path: "/cases/export",
    reply: "json"
  },
  runCases: {
    method: "POST",
    path: "/cases/run",
    reply: "created"
  },
  getCaseRun: {
    method: "GET",
    path: "/cases/run/{id}",
    reply: "json"
  },
  cancelCaseRun: {
    method: "POST",
    path: "/cases/run/{id}/cancel",
    reply: "json"
  },
  getCase: {
    method: "GET",
    path: "/cases/{id}",
    reply: "json"
  },
  replaceCase: {
    method: "PUT",
    path: "/cases/{id}",
    reply: "json"
  },
  removeCase: {
    method: "DELETE",
    path: "/cases/{id}",
    reply: "json"
  },
  listCampaigns: {
    method: "GET",
    path: "/campaigns",
    reply: "json"
  },
  planCampaign: {
    method: "POST",
    path: "/campaigns/plan",
    reply: "json"
  },
  startCampaign: {
    method: "POST",
    path: "/campaigns",
    reply: "created"
  },
  getCampaign: {
    method: "GET",
    path: "/campaigns/{id}",
    reply: "json"
  },
  cancelCampaign: {
    method: "POST",
    path: "/campaigns/{id}/cancel",
    reply: "json"
  },
  pauseCampaign: {
    method: "POST",
    path: "/campaigns/{id}/pause",
    reply: "json"
  },
  resumeCampaign: {
    method: "POST",
    path: "/campaigns/{id}/resume",
    reply: "json"
  },
  listBaselines: {
    method: "GET",
    path: "/baselines",
    reply: "json"
  },
  promoteBaseline: {
    method: "POST",
    path: "/baselines",
    reply: "created"
  },
  listWaivers: {
    method: "GET",
    path: "/waivers",
    reply: "json"
  },
  waiveGate: {
    method: "POST",
    path: "/waivers",
    reply: "created"
  },
  listBackends: {
    method: "GET",
    path: "/backends",
    reply: "json"
  },
  addBackend: {
    method: "POST",
    path: "/backends",
    reply: "created"
  },
  probeBackend: {
    method: "POST",
    path: "/backends/{name}/probe",
    reply: "json"
  },
  listSelfChecks: {
    method: "GET",
    path: "/backends/{name}/self-checks",
    reply: "json"
  },
  tokenize: {
    method: "POST",
    path: "/backends/{name}/tokenize",
    reply: "json"
  },
  listAdapters: {
    method: "GET",
    path: "/adapters",
    reply: "json"
  },
  events: {
    method: "GET",
    path: "/events",
    reply: "events"
  }
} as const satisfies { readonly [id: string]: Endpoint }

export type Endpoints = typeof endpoints
export type OperationId = keyof Endpoints

/** Ids of the operations that answer in one of the ways. */
export type Answering<Kind extends ReplyKind> = {
  [Id in OperationId]: Endpoints[Id]["reply"] extends Kind ? Id : never
}[OperationId]

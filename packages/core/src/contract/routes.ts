import * as Schema from "effect/Schema"
import { Comparison } from "../codec/comparison.ts"
import { LiveEntry } from "../codec/event.ts"
import { BackendInfo } from "../codec/probe.ts"
import { Run } from "../codec/run.ts"
import { TraceSlice } from "../codec/trace.ts"
import type { Codec } from "../codec/wire.ts"
import { translateCompare, translateSubmit } from "./aliases.ts"
import * as replies from "./replies.ts"
import * as requests from "./requests.ts"
import type { EventsReply, JsonReply, Route, RouteReply } from "./route.ts"

const route = <const Path extends string, Input, Reply extends RouteReply>(route: Route<Path, Input, Reply>) => route

const ok = <T>(codec: Codec<T>): JsonReply<T> => ({ kind: "json", status: 200, codec })
const created = <T>(codec: Codec<T>): JsonReply<T> => ({ kind: "json", status: 201, codec })
const follow = <T>(codec: Codec<T>): EventsReply<T> => ({ kind: "events", codec })

/** Every operation of the API by its operation id. */
export const routes = {
  health: route({
    method: "GET",
    path: "/health",
    summary: "Say that the server is up, and its version",
    input: requests.Nothing,
    reply: ok(replies.Health)
  }),
  status: route({
    method: "GET",
    path: "/status",
    summary: "Count runs and bytes of the data folder",
    input: requests.Nothing,
    reply: ok(replies.Status)
  }),
  openApi: route({
    method: "GET",
    path: "/openapi.json",
    summary: "This API as an OpenAPI document",
    input: requests.Nothing,
    reply: ok(Schema.JsonObject)
  }),

  submitRun: route({
    method: "POST",
    path: "/runs",
    summary: "Queue a run and answer at once",
    input: requests.SubmitRun,
    reply: created(Run),
    translate: translateSubmit
  }),
  listRuns: route({
    method: "GET",
    path: "/runs",
    summary: "List runs, newest first",
    input: requests.RunQuery,
    reply: ok(replies.RunPage)
  }),
  getRun: route({
    method: "GET",
    path: "/runs/{id}",
    summary: "Get a run by its id or an unambiguous prefix",
    input: requests.Nothing,
    reply: ok(Run)
  }),
  annotateRun: route({
    method: "PATCH",
    path: "/runs/{id}",
    summary: "Change tags, note, pin and archive mark",
    input: requests.Annotation,
    reply: ok(Run)
  }),
  cancelRun: route({
    method: "POST",
    path: "/runs/{id}/cancel",
    summary: "Cancel a run; a finished one stays as it is",
    input: requests.Nothing,
    reply: ok(Run)
  }),
  repeatRun: route({
    method: "POST",
    path: "/runs/{id}/repeat",
    summary: "Queue the same request on the same backend again",
    input: requests.Nothing,
    reply: created(Run)
  }),
  runEvents: route({
    method: "GET",
    path: "/runs/{id}/events",
    summary: "Follow a run from its beginning, or from after an event, until it has finished",
    input: requests.EventQuery,
    reply: follow(LiveEntry)
  }),
  runSamples: route({
    method: "GET",
    path: "/runs/{id}/samples",
    summary: "Get the measured requests of a run",
    input: requests.Nothing,
    reply: ok(replies.Samples)
  }),
  runTrace: route({
    method: "GET",
    path: "/runs/{id}/trace",
    summary: "Get positions [from, to) of a token trace, in columns",
    input: requests.TraceQuery,
    reply: ok(TraceSlice)
  }),
  runArtifact: route({
    method: "GET",
    path: "/runs/{id}/artifacts/{name}",
    summary: "Get a stored file of a run",
    input: requests.Nothing,
    reply: { kind: "file" }
  }),

  compare: route({
    method: "POST",
    path: "/compares",
    summary: "Compare stored runs and store the comparison; the first arm is the baseline",
    input: requests.CompareRequest,
    reply: created(Comparison),
    translate: translateCompare
  }),
  listComparisons: route({
    method: "GET",
    path: "/compares",
    summary: "List stored comparisons, newest first",
    input: requests.Nothing,
    reply: ok(replies.Comparisons)
  }),
  getComparison: route({
    method: "GET",
    path: "/compares/{id}",
    summary: "Get a stored comparison",
    input: requests.Nothing,
    reply: ok(Comparison)
  }),

  listBackends: route({
    method: "GET",
    path: "/backends",
    summary: "List backends with the last probe of each",
    input: requests.Nothing,
    reply: ok(replies.Backends)
  }),
  addBackend: route({
    method: "POST",
    path: "/backends",
    summary: "Add a backend",
    input: requests.NewBackend,
    reply: created(BackendInfo)
  }),
  probeBackend: route({
    method: "POST",
    path: "/backends/{name}/probe",
    summary: "Ask a backend what it is and what it can do now",
    input: requests.Nothing,
    reply: ok(BackendInfo)
  }),
  tokenize: route({
    method: "POST",
    path: "/backends/{name}/tokenize",
    summary: "Get the token ids of texts on a backend",
    input: requests.TokenizeRequest,
    reply: ok(replies.Tokens)
  }),
  listAdapters: route({
    method: "GET",
    path: "/adapters",
    summary: "List adapters and the most that each can do",
    input: requests.Nothing,
    reply: ok(replies.Adapters)
  }),

  events: route({
    method: "GET",
    path: "/events",
    summary: "Follow all runs, from now or from after an event",
    input: requests.EventQuery,
    reply: follow(LiveEntry)
  })
} as const

export type Routes = typeof routes

/** Names of the operations that answer in one way. */
export type RoutesThatReply<Kind extends RouteReply["kind"]> = {
  [K in keyof Routes]: Routes[K]["reply"]["kind"] extends Kind ? K : never
}[keyof Routes]

import type { Studio } from "@sglang-studio/core"
import { basePath, endpoints } from "@sglang-studio/core/contract"
import type { Hono } from "hono"
import { makeCaseRuns } from "./caseRuns.ts"
import type { Handlers } from "./handlers.ts"
import { json, mount } from "./operation.ts"
import { problem, problemResponse } from "./problem.ts"
import { aboutHandlers } from "./routes/about.ts"
import { sendArtifact } from "./routes/artifact.ts"
import { backendHandlers } from "./routes/backends.ts"
import { campaignHandlers } from "./routes/campaigns.ts"
import { caseHandlers } from "./routes/cases.ts"
import { compareHandlers } from "./routes/compares.ts"
import { followAll, followRun } from "./routes/events.ts"
import { runHandlers } from "./routes/runs.ts"

export interface ApiOptions {
  readonly version: string
  /** Ends open event streams. */
  readonly stopping: AbortSignal
}

/** Every operation of the API, and a problem for every other path below it. */
export const mountApi = (app: Hono, studio: Studio, { version, stopping }: ApiOptions): void => {
  const handlers: Handlers = {
    ...aboutHandlers(studio, version),
    ...runHandlers(studio),
    ...compareHandlers(studio),
    ...caseHandlers(studio, makeCaseRuns()),
    ...campaignHandlers(studio),
    ...backendHandlers(studio)
  }
  for (const id of idsOf(handlers)) mountHandler(app, handlers, id)
  mount(app, "health", json("health", handlers.health), "")
  mount(app, "events", followAll(studio, stopping))
  mount(app, "runEvents", followRun(studio, stopping))
  mount(app, "runArtifact", sendArtifact(studio))
  app.all(`${basePath}/*`, (c) => elsewhere(c.req.method, c.req.path))
}

const idsOf = (handlers: Handlers) => Object.keys(handlers) as (keyof Handlers)[]

const mountHandler = <Id extends keyof Handlers>(app: Hono, handlers: Handlers, id: Id): void =>
  mount(app, id, json(id, handlers[id]))

/** The method is wrong where another one is known for the path, else the path is. */
const elsewhere = (method: string, path: string): Response => {
  const allow = Object.values(endpoints)
    .filter((endpoint) => new RegExp(`^${basePath}${endpoint.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(path))
    .map((endpoint) => endpoint.method)
    .join(", ")
  if (allow !== "") {
    const hint = `It takes ${allow}.`
    return problemResponse(problem(405, "method-not-allowed", `${path} does not take ${method}.`, { hint }), { allow })
  }
  const hint = "GET /api/v1/openapi.json lists what there is."
  return problemResponse(problem(404, "not-found", `The API has no ${path}.`, { hint }))
}

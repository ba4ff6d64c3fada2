import type { Studio } from "@sglang-studio/core"
import { Hono } from "hono"
import { mountApi, type ApiOptions } from "./api.ts"
import { problem, problemResponse } from "./problem.ts"
import { problemOf } from "./problemOf.ts"
import { guard, securityHeaders, type Policy } from "./security.ts"
import { staticFiles } from "./staticFiles.ts"

export interface AppOptions extends Policy, ApiOptions {
  /** Folder of the built UI. */
  readonly uiDir: string
}

/** The studio over HTTP: the API below `/api/v1`, and the page for everything else. */
export const createApp = (studio: Studio, options: AppOptions): Hono => {
  const app = new Hono()
  app.use(securityHeaders, guard(options))
  mountApi(app, studio, options)
  // It is not the page's: who scrapes would read HTML.
  app.get("/metrics", (c) => problemResponse(problem(404, "not-found", `There is nothing at ${c.req.path} yet.`)))
  const ui = staticFiles(options.uiDir)
  app.get("*", (c) => ui(c.req.raw))
  app.notFound((c) =>
    problemResponse(problem(405, "method-not-allowed", `${c.req.path} can only be read.`), { allow: "GET, HEAD" })
  )
  app.onError((error) => problemResponse(problemOf(error)))
  return app
}

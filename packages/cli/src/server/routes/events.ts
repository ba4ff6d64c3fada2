import type { Studio } from "@sglang-studio/core"
import { isFinished } from "@sglang-studio/core/domain"
import type { Context } from "hono"
import { resumeAfter, sendEvents } from "../sse.ts"

/** All runs, from now on or from after an event. */
export const followAll =
  (studio: Studio, stopping: AbortSignal) => (c: Context, query: { readonly after?: number }) => {
    const after = resumeAfter(c, query.after)
    return sendEvents(c, stopping, (signal) => studio.events({ signal, ...(after !== undefined && { after }) }))
  }

/** One run until it has finished. A browser that resumes when nothing is left is told to stay away (204). */
export const followRun =
  (studio: Studio, stopping: AbortSignal) =>
  async (c: Context, { id, ...query }: { readonly id: string; readonly after?: number }) => {
    const run = await studio.runs.get(id)
    const after = resumeAfter(c, query.after) ?? 0
    if (isFinished(run.status) && (await isEmpty(studio.runs.events(run.id, { after })))) return c.body(null, 204)
    return sendEvents(c, stopping, (signal) => studio.runs.events(run.id, { after, signal }))
  }

const isEmpty = async (items: AsyncIterable<unknown>): Promise<boolean> => {
  for await (const _ of items) return false
  return true
}

import type { Studio } from "@sglang-studio/core"
import type { Handlers } from "../handlers.ts"

export const runHandlers = ({ runs }: Studio) =>
  ({
    submitRun: (input) => runs.submit(input),
    listRuns: (filter) => runs.list(filter),
    getRun: ({ id }) => runs.get(id),
    annotateRun: ({ id, ...change }) => runs.annotate(id, change),
    cancelRun: ({ id }) => runs.cancel(id),
    repeatRun: ({ id }) => runs.repeat(id),
    runSamples: async ({ id }) => ({ items: await runs.samples(id) }),
    runTrace: async ({ id, top = true, ...query }) => {
      const slice = await runs.trace(id, query)
      return top ? slice : { ...slice, top: null }
    }
  }) satisfies Partial<Handlers>

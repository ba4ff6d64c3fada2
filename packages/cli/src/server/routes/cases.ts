import { StudioError, type Studio } from "@sglang-studio/core"
import type { CaseRuns } from "../caseRuns.ts"
import type { Handlers } from "../handlers.ts"

export const caseHandlers = ({ cases, parity }: Studio, runs: CaseRuns) =>
  ({
    listCases: async (filter) => ({ items: await cases.list(filter) }),
    addCase: (spec) => cases.add(spec),
    importCases: async ({ lines }) => ({ items: await cases.import(lines) }),
    exportCases: async (filter) => ({ lines: await cases.export(filter) }),
    getCase: ({ id }) => cases.get(id),
    replaceCase: ({ id, ...spec }) => cases.replace(id, spec),
    removeCase: ({ id }) => cases.remove(id),
    runCases: ({ ids, tag, cases: given, ...options }) =>
      runs.start(options.backends, (how) =>
        given !== undefined || (options.self === true && ids === undefined && tag === undefined)
          ? parity({ ...options, ...how, ...(given && { cases: given }) })
          : cases.run({ ...options, ...how, ...(ids && { ids }), ...(tag !== undefined && { tag }) })
      ),
    getCaseRun: async ({ id }) => runs.get(id) ?? unknown(id),
    cancelCaseRun: async ({ id }) => (await runs.cancel(id)) ?? unknown(id)
  }) satisfies Partial<Handlers>

const unknown = (id: string): never => {
  throw new StudioError({
    code: "not-found",
    message: `This server knows no parity check ${id}.`,
    hint: "It may have been started before the server was; its runs and its comparison are stored."
  })
}

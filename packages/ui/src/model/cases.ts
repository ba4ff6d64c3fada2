import type { CaseSpec, ParityCase } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { loaded } from "./load.ts"

/** Every stored case with its last verdicts. */
export const cases = loaded(() => api.listCases())

/** Stores a case: in the place of `before`, or as a new one. */
export const saveCase = async (before: string | null, spec: CaseSpec): Promise<ParityCase> => {
  const saved = await (before === null ? api.addCase(spec) : api.replaceCase({ id: before, ...spec }))
  void cases.refresh()
  return saved
}

export const removeCase = async (id: string): Promise<void> => {
  await api.removeCase({ id })
  await cases.refresh()
}

/** Returns how many there were in the file. */
export const importCases = async (lines: string): Promise<number> => {
  const { items } = await api.importCases({ lines })
  await cases.refresh()
  return items.length
}

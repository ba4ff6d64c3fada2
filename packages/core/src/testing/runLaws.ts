import { messageOf, type Law, type LawResult } from "./Law.ts"

/**
 * Checks laws one after the other and never rejects: a law that cannot be checked is skipped with its reason, one that
 * throws has failed.
 *
 * @example
 * const results = await runLaws(adapterLaws({ adapter, config: { url: "http://127.0.0.1:30000" } }))
 */
export const runLaws = async (laws: readonly Law[]): Promise<readonly LawResult[]> => {
  const results: LawResult[] = []
  for (const law of laws) results.push(await runLaw(law))
  return results
}

export const runLaw = async ({ name, when, check }: Law): Promise<LawResult> => {
  try {
    const unavailable = (await when?.()) ?? null
    if (unavailable !== null) return { name, status: "skip", reason: unavailable }
    const reason = await check()
    return { name, status: reason === null ? "pass" : "fail", reason }
  } catch (error) {
    return { name, status: "fail", reason: messageOf(error) }
  }
}

import { messageOf, type Law, type LawResult } from "./Law.ts"

/**
 * Checks laws one after the other and never rejects: a law that cannot be checked is skipped with its reason, one that
 * throws has failed.
 *
 * @example
 * const results = await runLaws(adapterLaws({ adapter, config: { url: "http://127.0.0.1:30000" } }))
 */
export const runLaws = async (
  laws: readonly Law[],
  { untilStray = new Promise<never>(() => {}) }: StrayOptions = {}
): Promise<readonly LawResult[]> => {
  const results: LawResult[] = []
  let stray = false
  const failed = untilStray.then((error) => {
    stray = true
    return `an exception that nothing caught: ${messageOf(error)}. Await every promise, and catch in every callback.`
  })
  for (const law of laws) {
    const { name } = law
    if (stray) results.push({ name, status: "skip", reason: "not checked after an exception that nothing caught" })
    else
      results.push(
        await Promise.race([runLaw(law), failed.then((reason) => ({ name, status: "fail" as const, reason }))])
      )
  }
  return results
}

export interface StrayOptions {
  /** Gives what was thrown outside of any call, if anything ever is: the law that is being checked then has failed. */
  readonly untilStray?: Promise<unknown>
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

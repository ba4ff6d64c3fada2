import type { Law } from "./Law.ts"
import { runLaw } from "./runLaws.ts"

/** The part of vitest that is used. */
export interface TestApi {
  test(name: string, run: (context: { skip(reason?: string): void }) => Promise<void>): void
}

/**
 * Makes one vitest test of every law. Await it at the top of a test file, or hand in vitest's `test`.
 *
 * @example
 * import { test } from "vitest"
 * bindVitest(adapterLaws({ adapter }), { test })
 */
export const bindVitest = async (laws: readonly Law[], api?: TestApi): Promise<void> => {
  const { test }: TestApi = api ?? (await import("vitest"))
  for (const law of laws)
    test(law.name, async (context) => {
      const { status, reason } = await runLaw(law)
      if (status === "skip") context.skip(reason ?? undefined)
      if (status === "fail") throw new Error(reason ?? law.name)
    })
}

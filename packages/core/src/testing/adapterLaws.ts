import type { Law } from "./Law.ts"
import type { LawOptions } from "./LawOptions.ts"
import { abortLaws } from "./laws/abortLaws.ts"
import { errorLaws } from "./laws/errorLaws.ts"
import { eventLaws } from "./laws/eventLaws.ts"
import { importLaws } from "./laws/importLaws.ts"
import { openLaws } from "./laws/openLaws.ts"
import { probeLaws } from "./laws/probeLaws.ts"
import { recordLaws } from "./laws/recordLaws.ts"
import { repeatLaws } from "./laws/repeatLaws.ts"
import { resultLaws } from "./laws/resultLaws.ts"
import { sendLaws } from "./laws/sendLaws.ts"
import { traceLaws } from "./laws/traceLaws.ts"
import { makeSubject } from "./Subject.ts"

/**
 * The adapter contract as a list of laws, made for one adapter. Nothing runs before a law is checked, with `runLaws` or
 * `bindVitest`. Laws that need a live backend are skipped, with the reason, where there is none.
 *
 * @example
 * const results = await runLaws(adapterLaws({ adapter, config: { url: "http://127.0.0.1:8080" } }))
 * const broken = results.filter((law) => law.status === "fail")
 */
export const adapterLaws = (options: LawOptions): readonly Law[] => {
  const subject = makeSubject(options)
  return [
    ...recordLaws(subject),
    ...openLaws(subject),
    ...probeLaws(subject),
    ...eventLaws("score", subject),
    ...traceLaws("score", subject),
    ...eventLaws("generate", subject),
    ...traceLaws("generate", subject),
    ...eventLaws("benchmark", subject),
    ...resultLaws(subject),
    ...errorLaws(subject),
    ...abortLaws(subject),
    ...sendLaws("score", subject),
    ...sendLaws("generate", subject),
    ...repeatLaws(subject),
    ...importLaws(subject)
  ]
}

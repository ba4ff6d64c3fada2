import * as Effect from "effect/Effect"
import type { CampaignRecord } from "../../domain/campaign.ts"
import { isOfGate } from "../../domain/excuses.ts"
import type { RunStore } from "../../store/RunStore.ts"
import { nearest } from "../../suiteFile/nearest.ts"
import { StudioError } from "../StudioError.ts"
import type { WaiveOptions } from "./CampaignStart.ts"

/**
 * Refuses a waiver of what the newest campaigns of its suite do not have: it would excuse nothing, and nobody would
 * notice. Where no campaign of any suite is stored nothing is known, so that a waiver may come before the first one.
 */
export const checkWaiver = Effect.fnUntraced(function* (store: RunStore["Service"], options: WaiveOptions) {
  const { suite, gate, case: name, backend } = options
  const newest = yield* store.campaigns({ suite, limit: campaignsRead })
  if (newest.length === 0) {
    const others = (yield* store.campaigns({ limit: othersTold })).map((one) => one.suite.suite)
    if (others.length > 0) return yield* Effect.fail(unknown("suite", `No campaign is of "${suite}".`, suite, others))
    return
  }
  const gates = newest.flatMap(gatesOf)
  const cases = newest.flatMap(({ suite: { cases } }) => cases.map(({ of }) => of))
  const backends = newest.flatMap((campaign) => campaign.backends)
  const lacks = (field: string, word: string, known: readonly string[]) =>
    unknown(field, `The suite "${suite}" has no ${field} "${word}".`, word, known)
  // What the usual gates are shows only in cells.
  if (gates.length > 0 && !gates.some((known) => isOfGate(gate, known) || isOfGate(known, gate)))
    return yield* Effect.fail(lacks("gate", gate, gates))
  if (name !== undefined && !cases.includes(name)) return yield* Effect.fail(lacks("case", name, cases))
  if (backend !== undefined && !backends.includes(backend))
    return yield* Effect.fail(lacks("backend", backend, backends))
})

const gatesOf = ({ suite, state }: CampaignRecord): readonly string[] => [
  ...suite.gates.map(({ name }) => name),
  ...state.cells.flatMap(({ gates }) => gates.map(({ name }) => name))
]

const unknown = (path: string, message: string, word: string, known: readonly string[]): StudioError => {
  const names = [...new Set(known)]
  const near = nearest(word, names)
  const more = names.length > namesTold ? `, and ${names.length - namesTold} more` : ""
  const all = `There ${names.length === 1 ? "is" : "are"} ${names.slice(0, namesTold).join(", ")}${more}.`
  const hint = near === null ? all : `Did you mean ${near}? ${all}`
  return new StudioError({ code: "invalid-request", message, hint, path })
}

const campaignsRead = 10
const othersTold = 50
const namesTold = 20

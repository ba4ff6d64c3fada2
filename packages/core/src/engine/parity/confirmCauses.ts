import * as Effect from "effect/Effect"
import type { Comparison } from "../../domain/comparison.ts"
import { sendsOf } from "../../domain/resend.ts"
import type { Run } from "../../domain/run.ts"
import { compareRuns, type Shelf } from "../compareRuns.ts"
import type { Runs } from "../Runs.ts"
import type { ConfirmOptions } from "./ParityOptions.ts"
import { StudioError } from "../StudioError.ts"
import { makeAsker } from "./Asker.ts"
import { type Answered, planTriage } from "./planProbes.ts"

/**
 * Carries out the checks that a comparison suggests and compares again, with what they showed. Checks that were made
 * already are not made again; the comparison stays as it is where none is left.
 */
export const confirmCauses = Effect.fnUntraced(function* (
  { shelf, runs }: { readonly shelf: Shelf; readonly runs: Runs },
  comparisonId: string,
  { case: name, actions, ...settings }: ConfirmOptions
) {
  const comparison = yield* shelf.store.comparison(comparisonId)
  const kinds = actions?.flatMap((action) => sendsOf[action] ?? [])
  if (kinds?.length === 0) return yield* Effect.fail(notSendable(actions ?? []))
  const loaded = yield* Effect.forEach(
    comparison.arms.flatMap((arm) => arm.runIds),
    (id) => shelf.store.get(id)
  )
  const asks = planTriage(comparison, answeredOf(comparison, loaded, shelf), loaded, {
    ...(name !== undefined && { cases: [name] }),
    ...(kinds !== undefined && { kinds })
  })
  if (asks.length === 0) return comparison
  const tags = loaded.find(({ tags }) => tags.some(isParity))?.tags.filter(isParity) ?? []
  const answers = yield* makeAsker(runs, { ...settings, tags }).ask("looking into what differs", asks)
  const arms = comparison.arms.map(({ label, runIds }) => ({
    label,
    runIds: [...runIds, ...answers.filter(({ resend }) => runIds.includes(resend?.of ?? "")).map(({ id }) => id)]
  }))
  return yield* compareRuns(shelf, arms)
})

const isParity = (tag: string): boolean => tag.startsWith("parity:")

/** The sides of every pair that can be asked again here: not those that were executed elsewhere. */
const answeredOf = ({ pairs }: Comparison, runs: readonly Run[], { adapters }: Shelf): readonly Answered[] => {
  const byId = new Map(runs.map((run) => [run.id, run]))
  return pairs.flatMap(({ case: name, runIds }) =>
    runIds.flatMap((id): readonly Answered[] => {
      const run = byId.get(id ?? "")
      const adapter = adapters.find((candidate) => candidate.name === run?.adapter)
      if (run === undefined || adapter === undefined || run.imported !== null || run.status !== "succeeded") return []
      return [{ question: { name, request: run.request }, run, supports: adapter.supports }]
    })
  )
}

const notSendable = (actions: readonly string[]): StudioError =>
  new StudioError({
    code: "invalid-request",
    message: `The studio cannot do this by itself: ${actions.join(", ")}.`,
    hint: `It can ${Object.keys(sendsOf).join(", ")}.`,
    path: "actions"
  })

import type { RunEvent, Send } from "../../adapter/Adapter.ts"
import { type SendKind, sendable } from "../../domain/resend.ts"
import { broken, firstOf, messageOf, show, type Law } from "../Law.ts"
import { record, type Recording, type Subject } from "../Subject.ts"
import { chunksOf } from "./traceLaws.ts"

/**
 * A request that is sent again in a way that the adapter declares is answered in the shape of the ordinary answer, so
 * that the two can be laid against each other. Whether they agree is the backend's affair, not the adapter's.
 */
export const sendLaws = (
  operation: "score" | "generate",
  { adapter, recording, requests, unavailable, withBackend }: Subject
): readonly Law[] => {
  const kinds = (adapter.supports.sends ?? []).filter((kind) => sendsItself(kind) && sendable[kind].includes(operation))
  return [
    {
      name: `${operation}: declared sends are answered in the same shape`,
      when: async () =>
        kinds.length === 0 ? `the adapter declares no sends of a ${operation}` : unavailable(operation),
      check: async () => {
        const ordinary = await recording(operation)
        for (const kind of kinds) {
          const send: Send = { kind, companions: kind === "batched" ? ["Rain fell all day.", "One, two, three"] : [] }
          const again = await withBackend((backend, context) =>
            record(backend, operation, requests[operation], { ...context, send })
          )
          const problem = firstOf(refusal(kind, again), shapeProblem(kind, ordinary.events, again.events))
          if (problem !== null) return problem
        }
        return null
      }
    }
  ]
}

/** Another order of items is the studio's own doing. */
const sendsItself = (kind: SendKind): boolean => kind !== "permuted"

const refusal = (kind: SendKind, { thrown }: Recording): string | null =>
  thrown === null
    ? null
    : broken({
        expected: `the request to be answered when it is sent as "${kind}"`,
        saw: `the error ${show(messageOf(thrown.error))}`,
        fix: `Send it so when \`context.send\` says so, or take "${kind}" out of \`supports.sends\`.`
      })

const shapeProblem = (kind: SendKind, ordinary: readonly RunEvent[], again: readonly RunEvent[]): string | null => {
  const [expected, saw] = [show(shapeOf(ordinary)), show(shapeOf(again))]
  return expected === saw
    ? null
    : broken({
        expected: `${expected} when sent as "${kind}" too`,
        saw,
        fix: "Tell of the run's own prompt or items only, under the same trace names; companions only share the batch."
      })
}

/** Traced prompts with their lengths, and the size of a score table. */
const shapeOf = (events: readonly RunEvent[]) => ({
  traces: Object.fromEntries(chunksOf(events).map((chunk) => [chunk.case, chunk.promptLength])),
  results: events.flatMap((event) => (event.type === "result" ? event.result.kind : [])),
  scores: events.flatMap((event) =>
    event.type === "result" && event.result.kind === "score" ? [event.result.scores.map((row) => row.length)] : []
  )
})

import { broken, show, type Law } from "../Law.ts"
import { runOperations } from "../LawOptions.ts"
import { record, type Subject } from "../Subject.ts"

/** A mock is a function of its settings and the request. */
export const repeatLaws = ({ adapter, recording, requests, unavailable, withBackend }: Subject): readonly Law[] =>
  runOperations.map((operation) => ({
    name: `${operation}: same settings, same mock`,
    when: async () => (adapter.mock === true ? unavailable(operation) : "only a mock has to repeat itself"),
    check: async () => {
      const request = requests[operation]
      const again = await withBackend((backend, context) => record(backend, operation, request, context))
      const first = (await recording(operation)).events.map((event) => JSON.stringify(event))
      const second = again.events.map((event) => JSON.stringify(event))
      const place = first.findIndex((event, index) => event !== second[index])
      return first.length === second.length && place < 0
        ? null
        : broken({
            expected: "another instance with the same settings to give the same events",
            saw:
              place < 0
                ? `${second.length} events after ${first.length}`
                : `event ${place}: ${show(first[place])}, then ${show(second[place])}`,
            fix: "Draw from the seed and the request only: no clock, no Math.random, no state between runs."
          })
    }
  }))

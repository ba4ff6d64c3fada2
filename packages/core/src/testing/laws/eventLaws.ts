import type { RunEvent } from "../../adapter/Adapter.ts"
import { findingFault, progressFault, sampleFault, tokenFault } from "../../adapter/protocol/eventFault.ts"
import { showValue, type Fault } from "../../adapter/protocol/Fault.ts"
import { jsonFault } from "../../adapter/protocol/jsonFault.ts"
import { broken, type Law } from "../Law.ts"
import type { RunOperation } from "../LawOptions.ts"
import { failed, type Subject } from "../Subject.ts"

/** What holds for the events of every operation. */
export const eventLaws = (operation: RunOperation, { recording, unavailable }: Subject): readonly Law[] => {
  const law = (name: string, judge: (events: readonly RunEvent[]) => string | null): Law => ({
    name: `${operation}: ${name}`,
    when: () => unavailable(operation),
    check: async () => {
      const recorded = await recording(operation)
      return failed(operation, recorded) ?? judge(recorded.events)
    }
  })
  return [
    law("one started, then exactly one result, last", orderProblem),
    law("events survive JSON", (events) => {
      const fault = events.map((event, index) => jsonFault(event, `event ${index} (${event.type})`)).find(isFault)
      return fault === undefined
        ? null
        : broken({
            expected: "events of plain JSON values",
            saw: `${fault.field} = ${showValue(fault.value)}`,
            fix: "Use null for what is not known, strings for numbers that are not finite, and leave out undefined keys."
          })
    }),
    law("findings, progress, tokens and samples make sense", (events) => events.map(senseProblem).find(isText) ?? null)
  ]
}

const isFault = (fault: Fault | null): fault is Fault => fault !== null
const isText = (problem: string | null): problem is string => problem !== null

const orderProblem = (events: readonly RunEvent[]): string | null => {
  const types = events.map(({ type }) => type)
  const started = types.filter((type) => type === "started").length
  const results = types.filter((type) => type === "result").length
  const measured = types.findIndex(
    (type) => type === "sample" || type === "token" || type === "trace" || type === "result"
  )
  return started === 1 && results === 1 && types.at(-1) === "result" && types.indexOf("started") < measured
    ? null
    : broken({
        expected: "one `started` before anything is measured and one `result` as the last event",
        saw: types.length === 0 ? "no events" : summary(types),
        fix: "Yield `started` when the backend has taken the request, and end after `result`."
      })
}

/** `started, trace x2, result`. */
const summary = (types: readonly string[]): string => {
  const groups: { type: string; count: number }[] = []
  for (const type of types) {
    const last = groups.at(-1)
    if (last?.type === type) last.count += 1
    else groups.push({ type, count: 1 })
  }
  return groups.map(({ type, count }) => (count === 1 ? type : `${type} x${count}`)).join(", ")
}

const senseProblem = (event: RunEvent): string | null => {
  if (event.type === "progress" && !(event.done >= 0 && event.done <= (event.total ?? Infinity)))
    return broken({
      expected: "progress between 0 and its total",
      saw: `${event.done} of ${event.total} ${event.unit}`,
      fix: "Count what is done; use a total of null where it is not known."
    })
  // What is no JSON is another law's.
  const fault = jsonFault(event, "") === null ? faultOf(event) : null
  return fault === null
    ? null
    : broken({
        expected: `${fault.field} of a ${event.type} to be ${fault.expected}`,
        saw: showValue(fault.value),
        fix: "The types of `RunEvent` in core/adapter say what every event holds; null is not known."
      })
}

const faultOf = (event: RunEvent): Fault | null => {
  switch (event.type) {
    case "progress":
      return progressFault(event)
    case "token":
      return tokenFault(event)
    case "sample":
      return sampleFault(event.sample)
    case "finding":
      return findingFault(event.finding)
    default:
      return null
  }
}

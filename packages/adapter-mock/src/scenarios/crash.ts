import { AdapterError, type RunEvent } from "@sglang-studio/core/adapter"
import type { Scenario } from "./Scenario.ts"

const lastEvent = 3

/** The engine dies once the measurement has begun. */
export const crash: Scenario = {
  name: "crash",
  plants: "the engine dies mid-run",
  keys: {},
  behave: () => ({ events: dieAfterStart })
}

async function* dieAfterStart(events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
  let seen = 0
  for await (const event of events) {
    if (event.type === "result" || ++seen > lastEvent) break
    yield event
  }
  throw new AdapterError({
    reason: "crashed",
    message: "The mock engine died during the run.",
    hint: "This is what the scenario plants; choose another one for a result.",
    detail: "mock engine: signal SIGSEGV after the last event"
  })
}

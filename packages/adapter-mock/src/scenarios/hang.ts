import type { RunEvent } from "@sglang-studio/core/adapter"
import type { RunContext, Scenario } from "./Scenario.ts"
import { sleep } from "./sleep.ts"

/** Starts, says so, and never gets further until it is cancelled. */
export const hang: Scenario = {
  name: "hang",
  plants: "a run that never ends",
  keys: {},
  behave: () => ({ events: hangAfterStart })
}

async function* hangAfterStart(events: AsyncIterable<RunEvent>, context: RunContext): AsyncGenerator<RunEvent> {
  for await (const event of events) {
    if (event.type !== "started") continue
    context.log("mock engine: request taken, no answer will follow")
    yield event
    break
  }
  await sleep(Infinity, context.signal)
}

import type { RunEvent } from "@sglang-studio/core/adapter"
import type { RunContext, Scenario } from "./Scenario.ts"
import { sleep } from "./sleep.ts"

const steps = 100

/** Takes `value` seconds to answer and tells how far it is. */
export const slow: Scenario = {
  name: "slow",
  plants: "an answer that takes its time",
  keys: { value: 20 },
  behave: ({ value }) => ({ events: (events, context) => takeTime(events, context, (value * 1000) / steps) })
}

async function* takeTime(
  events: AsyncIterable<RunEvent>,
  { signal }: RunContext,
  stepMs: number
): AsyncGenerator<RunEvent> {
  for await (const event of events) {
    yield event
    if (event.type !== "started") continue
    for (let done = 1; done <= steps; done++) {
      await sleep(stepMs, signal)
      if (signal.aborted) return
      yield { type: "progress", done, total: steps, unit: "%" }
    }
  }
}

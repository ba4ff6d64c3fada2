import type { Sample } from "@sglang-studio/core/adapter"
import type { Scenario } from "./Scenario.ts"

/** Every fifth request fails inside its stream, and the client counts it as a success with the length it asked for. */
export const streamedError: Scenario = {
  name: "streamed-error",
  plants: "streamed errors that are counted as successes",
  keys: {},
  behave: () => ({
    samples: (samples) => samples.map((sample, index) => (index % 5 === 3 ? failInStream(sample) : sample))
  })
}

const failInStream = (sample: Sample): Sample => ({ ...sample, ttftMs: 0, itlMs: [], e2eMs: 2 })

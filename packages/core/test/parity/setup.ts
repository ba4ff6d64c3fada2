import { onTestFinished } from "vitest"
import mock from "../../../adapter-mock/src/index.ts"
import type { Adapter } from "../../src/adapter/Adapter.ts"
import type { CaseSpec } from "../../src/domain/parityCase.ts"
import type { Studio } from "../../src/engine/Studio.ts"
import type { BackendConfig } from "../../src/engine/StudioOptions.ts"
import { openStudio } from "../../src/engine/openStudio.ts"

const plain = { tolerance: null, tags: [] } as const

const subjects = ["The river", "Our train", "A letter", "The old dog", "My sister", "This bread"]
const verbs = ["waits for the", "stands beside a", "comes back to the", "is older than the", "looks like a"]
const ends = ["house near the station", "friend of the family", "garden in the rain", "book about the sea"]

/** Short prompts, all different. */
export const prompts = (count: number): readonly CaseSpec[] =>
  Array.from({ length: count }, (_, index) => ({
    ...plain,
    name: `prompt-${index}`,
    prompt: [subjects[index % 6], verbs[index % 5], ends[index % 4], "and then it"].join(" ")
  }))

export const scoreCase: CaseSpec = {
  ...plain,
  name: "refund",
  score: {
    query: "Does this answer help with a refund? ",
    items: ["The money comes back within a week.", "Our shop opens at nine.", "Ask the driver."],
    labels: [" yes", " no"],
    labelTokenIds: null,
    applySoftmax: true,
    itemFirst: false
  }
}

/** Few cases that show most faults, and enough tokens that a bound on the noise can be said. */
export const fewCases: readonly CaseSpec[] = [...prompts(4), scoreCase]

/** A private studio whose backends are mocks, or another adapter. */
export const openWith = async (
  backends: { readonly [name: string]: Omit<BackendConfig, "adapter"> & { readonly adapter?: string } },
  adapters: readonly Adapter[] = []
): Promise<Studio> => {
  const studio = await openStudio({
    data: ":memory:",
    adapters: [mock, ...adapters],
    backends: Object.fromEntries(
      Object.entries(backends).map(([name, settings]) => [name, { adapter: "mock", ...settings }])
    ),
    env: {}
  })
  onTestFinished(() => studio.close())
  return studio
}

export { mock }

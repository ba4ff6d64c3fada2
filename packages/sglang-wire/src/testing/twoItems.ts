import type { ScoreRequest } from "@sglang-studio/core/adapter"

/** A score that both recordings have, its items together and one by one. */
export const twoItems: ScoreRequest = {
  query: "The following definition is",
  items: [" a joke.", " an old story."],
  labels: [" and", " of"],
  labelTokenIds: null,
  applySoftmax: false,
  itemFirst: false,
  oneByOne: true,
  mask: null
}

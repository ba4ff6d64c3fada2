import { bos, tokenize } from "../model/vocabulary.ts"
import type { Behaviour } from "./Scenario.ts"

/** A backend without a fault. */
export const sound: Behaviour = {
  tokenize: (text) => tokenize(text),
  frame: (ids) => [bos, ...ids],
  masks: ["none", "causal"],
  see: (ids) => ids,
  logits: (logits) => logits,
  logprob: (logprob) => logprob,
  samples: (samples) => samples,
  events: (events) => events
}

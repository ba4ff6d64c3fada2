/** What a cause code of a divergence says. */
interface CauseDefinition {
  /** To finish a sentence with. */
  readonly words: string
  readonly meaning: string
  /** What to do about it. */
  readonly next: string
}

/** Every cause that a divergence can have; `unexplained` where no rule holds. */
export const causeDefinitions = {
  "near-tie": {
    words: "the tokens that differ were as good as equally likely",
    meaning: "Two tokens are almost equally likely; a difference within tolerance decides which one wins.",
    next: "Nothing: it is explained."
  },
  "precision-grid": {
    words: "one side returns bfloat16 values",
    meaning: "The values of one side lie on the grid of a 16-bit format.",
    next: "Repeat in float32."
  },
  precision: {
    words: "one side computes in a coarser number format",
    meaning: "The differences are as large as 16-bit arithmetic makes them.",
    next: "Repeat in float32."
  },
  "raw-vs-temperature": {
    words: "one side reports logprobs of logits that were divided by a temperature",
    meaning: "One side reports logprobs of the logits divided by the temperature, the other of the raw logits.",
    next: "Ask at temperature 1, or fix the scale."
  },
  "template-mismatch": {
    words: "the prompt reached the two sides in different frames, such as a missing BOS",
    meaning: "One side has tokens before the text, such as a BOS or a chat template, that the other lacks.",
    next: "Send ids; compare the chat templates."
  },
  "tokenizer-mismatch": {
    words: "the same text became other token ids",
    meaning: "The two sides cut the same text into different token ids.",
    next: "Send ids; compare the tokenizer files."
  },
  "input-truncated": {
    words: "one side saw only a part of the prompt",
    meaning: "One side saw only the end of the input.",
    next: "Look at the context length and at flags that truncate."
  },
  "position-locked": {
    words: "everything from one position on is off",
    meaning: "The difference begins at one position in every request.",
    next: "Look at page and chunk borders, positions, and the format of the KV cache."
  },
  "batch-dependent": {
    words: "the result depends on what else is in the batch",
    meaning: "The result of a row depends on what else is in its batch.",
    next: "Send alone; start the server again and compare."
  },
  "cache-dependent": {
    words: "the result differs when the prompt is already cached",
    meaning: "The result differs when the prefix comes from the cache.",
    next: "Flush; run without the prefix cache."
  },
  genuine: {
    words: "the two sides compute something else",
    meaning: "The error has no edge in position, batch or cache: the weights or the arithmetic differ.",
    next: "Compare the weights; ask a third backend in float32."
  },
  unexplained: {
    words: "no known pattern fits",
    meaning: "No known pattern fits.",
    next: "Look at the tokens, in the browser."
  }
} as const satisfies { readonly [code: string]: CauseDefinition }

export type CauseCode = keyof typeof causeDefinitions

/** Null for a code that this version does not know. */
export const causeDefinition = (code: string): CauseDefinition | null =>
  Object.hasOwn(causeDefinitions, code) ? causeDefinitions[code as CauseCode] : null

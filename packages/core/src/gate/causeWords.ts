/** Each cause in words that need no glossary; the code stands beside them. */
const words: { readonly [cause: string]: string } = {
  "near-tie": "the tokens that differ were as good as equally likely",
  "precision-grid": "one side returns bfloat16 values",
  precision: "one side computes in a coarser number format",
  "raw-vs-temperature": "one side reports logprobs of logits that were divided by a temperature",
  "template-mismatch": "the prompt reached the two sides in different frames, such as a missing BOS",
  "tokenizer-mismatch": "the same text became other token ids",
  "input-truncated": "one side saw only a part of the prompt",
  "position-locked": "everything from one position on is off",
  "batch-dependent": "the result depends on what else is in the batch",
  "cache-dependent": "the result differs when the prompt is already cached",
  genuine: "the two sides compute something else",
  unexplained: "no known pattern fits"
}

export const causeWords = (cause: string): string => `${words[cause] ?? "no known pattern fits"} (${cause})`

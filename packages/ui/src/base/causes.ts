/** What each cause code says, for a reader who meets it for the first time. */
const meanings: Readonly<Record<string, string>> = {
  "near-tie": "Two tokens are almost equally likely; a difference within tolerance decides which one wins.",
  "tokenizer-mismatch": "The two sides cut the same text into different token ids.",
  "template-mismatch": "One side has tokens before the text, such as a BOS or a chat template, that the other lacks.",
  "raw-vs-temperature":
    "One side reports logprobs of the logits divided by the temperature, the other of the raw logits.",
  "precision-grid": "The values of one side lie on the grid of a 16-bit format.",
  precision: "The differences are as large as 16-bit arithmetic makes them.",
  "input-truncated": "One side saw only the end of the input.",
  "position-locked": "The difference begins at one position in every request.",
  "batch-dependent": "The result of a row depends on what else is in its batch.",
  "cache-dependent": "The result differs when the prefix comes from the cache.",
  genuine: "The error has no edge in position, batch or cache: the weights or the arithmetic differ.",
  unexplained: "No known pattern fits."
}

export const causeMeaning = (code: string): string => meanings[code] ?? ""

import type { Divergence } from "@sglang-studio/core/domain"

/** Where two sides part: a score has a trace for each of its items, so that its case alone does not say. */
export const placeText = ({ case: name, position, evidence: { trace } }: Divergence): string =>
  [
    name,
    typeof trace === "string" && trace !== "prompt" ? `, ${trace}` : "",
    position === null ? "" : ` at position ${position}`
  ].join("")

import type { Verdict } from "@sglang-studio/core/domain"

/** What would decide, as a sentence; null where nothing is open, or the verdict's own sentence ends in it. */
export const wouldDecideText = ({ sentence, wouldDecide }: Verdict): string | null =>
  wouldDecide === null || sentence.includes(wouldDecide)
    ? null
    : `${wouldDecide.charAt(0).toUpperCase()}${wouldDecide.slice(1)}.`

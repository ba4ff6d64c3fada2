import type { ParityCase } from "@sglang-studio/core/domain"

/** `tag:nightly refund`: cases with the tag whose name or input has the word. */
export const filterCases = (
  cases: readonly ParityCase[],
  text: string,
  textOf: (one: ParityCase) => string
): readonly ParityCase[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return cases.filter((one) =>
    words.every((word) =>
      word.startsWith("tag:")
        ? one.tags.some((tag) => tag.toLowerCase() === word.slice(4))
        : `${one.name} ${textOf(one)}`.toLowerCase().includes(word)
    )
  )
}

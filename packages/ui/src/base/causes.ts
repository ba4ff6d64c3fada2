import { causeDefinition } from "@sglang-studio/core/domain"

/** What a cause code says, for a reader who meets it for the first time. */
export const causeMeaning = (code: string): string => causeDefinition(code)?.meaning ?? ""

import { causeDefinition, causeDefinitions } from "../domain/causeDefinitions.ts"

/** A cause in words that need no glossary, the code beside them. */
export const causeWords = (cause: string): string =>
  `${(causeDefinition(cause) ?? causeDefinitions.unexplained).words} (${cause})`

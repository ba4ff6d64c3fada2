import { AdapterError, type Context } from "@sglang-studio/core/adapter"
import type { SendKind, TokenInput } from "@sglang-studio/core/domain"
import { excerpt } from "./looseJson.ts"
import { refuse } from "./refuse.ts"
import { patient, type Wire } from "./wire.ts"

/** How both engines can be asked again. */
export const servedSends: readonly SendKind[] = [
  "repeat",
  "batch-of-1",
  "batched",
  "flushed",
  "streamed",
  "completions"
]

/** Empties the prefix cache where the request is to be sent so; the server must have nothing else to do. */
export const flushIfAsked = async (wire: Wire, context: Context): Promise<void> => {
  if (context.send?.kind !== "flushed") return
  const { status, text } = await wire.http.post("/flush_cache", {}, patient(context))
  if (status === 200 && text.startsWith("Cache flushed")) return
  throw new AdapterError({
    reason: "protocol",
    message: `The server did not flush its cache (${status}): ${excerpt(text)}`,
    hint: "It does so only while it has no other request; try again when it is idle."
  })
}

/** The prompts of one request, this run's own last: as text or as ids, the engines take no mixture. */
export const withCompanions = (
  own: TokenInput,
  context: Context
): { readonly [field: string]: readonly TokenInput[] } => {
  const prompts = [...(context.send?.companions ?? []), own]
  const texts = prompts.filter((prompt) => typeof prompt === "string")
  if (texts.length > 0 && texts.length < prompts.length)
    throw refuse("companions", "are partly text, partly token ids", "Give all prompts of a batch in one form.")
  return texts.length > 0 ? { text: prompts } : { input_ids: prompts }
}

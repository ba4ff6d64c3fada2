import { AdapterError } from "@sglang-studio/core/adapter"
import type { Generation } from "./generation.ts"
import { numberOf } from "./looseJson.ts"
import type { TokenRows } from "./tokenRows.ts"

/** What was asked for with `return_logprob` and `logprob_start_len: 0`. */
export interface Asked {
  /** Ids of the prompt; null where it was a text. */
  readonly inputIds: readonly number[] | null
  /** 0 where the output is not used. */
  readonly maxNewTokens: number
}

/**
 * Throws `protocol` where the rows of an answer cannot be those of its prompt and output. A prompt that the engine cut by
 * its own count, or put a BOS before, is no fault here: a comparison tells it.
 */
export const checkGeneration = (answer: Generation, { inputIds, maxNewTokens }: Asked): void => {
  const { prompt, output, meta } = answer
  const promptTokens = numberOf(meta["prompt_tokens"])
  if (prompt.ids.length === 0) throw lacks("input_token_logprobs")
  if (promptTokens !== null && promptTokens !== prompt.ids.length)
    throw unexpected(`has ${prompt.ids.length} input_token_logprobs for ${promptTokens} prompt_tokens`)
  if (inputIds !== null) checkIds(prompt.ids, inputIds, promptTokens)
  if (maxNewTokens > 0 && numberOf(meta["completion_tokens"]) === null) throw lacks("completion_tokens")
  const outputTokens = Math.min(answer.completionTokens, maxNewTokens)
  if (outputTokens > 0 && output.ids.length === 0) throw lacks("output_token_logprobs")
  if (output.ids.length < outputTokens)
    throw unexpected(`has ${output.ids.length} output_token_logprobs for ${answer.completionTokens} completion_tokens`)
  checkLogprobs(answer)
}

/** Throws `protocol` for a value above 0 by more than rounding: whatever it is, it is no logprob. */
export const checkLogprobs = ({ prompt, output, asked }: Generation): void => {
  const columns = [...columnsOf("input", prompt), ...columnsOf("output", output)]
  for (const [field, values] of asked === null
    ? columns
    : [...columns, ["output_token_ids_logprobs", asked] as const]) {
    const at = values.findIndex((value) => value !== null && value > rounding)
    if (at !== -1) throw unexpected(`has a logprob of ${values[at]} in ${field}: none is above 0`)
  }
}

/** Sums of probabilities in float32 exceed 1 by less. */
const rounding = 1e-6

const columnsOf = (side: string, { logprobs, top }: TokenRows) => [
  [`${side}_token_logprobs`, logprobs] as const,
  [`${side}_top_logprobs`, top?.logprobs.flat() ?? []] as const
]

const checkIds = (told: readonly number[], sent: readonly number[], promptTokens: number | null): void => {
  const [shorter, longer] = told.length < sent.length ? [told, sent] : [sent, told]
  // As many as the engine itself counts: it cut the prompt, or added a token to it.
  if (promptTokens !== null && (isHead(shorter, longer) || isTail(shorter, longer))) return
  if (told.length !== sent.length)
    throw unexpected(`has ${told.length} input_token_logprobs for the ${sent.length} input_ids that were sent`)
  const at = told.findIndex((id, index) => id !== sent[index])
  if (at !== -1)
    throw unexpected(
      `has the token ${told[at]} in input_token_logprobs[${at}], where ${sent[at]} was sent in input_ids`
    )
}

const isHead = (part: readonly number[], whole: readonly number[]): boolean =>
  part.every((id, index) => id === whole[index])

const isTail = (part: readonly number[], whole: readonly number[]): boolean =>
  part.every((id, index) => id === whole[whole.length - part.length + index])

const lacks = (field: string): AdapterError =>
  unexpected(`lacks meta_info.${field}, although logprobs of prompt and output were asked for`)

const unexpected = (what: string): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `The answer to POST /generate ${what}.`,
    hint: "This server's answers differ from those of the engine that the adapter knows; report its version."
  })

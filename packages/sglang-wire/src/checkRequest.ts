import { AdapterError, type GenerateRequest, type ScoreRequest } from "@sglang-studio/core/adapter"
import type { MaskChoice, TokenInput } from "@sglang-studio/core/domain"
import { refuse } from "./refuse.ts"
import type { Limits } from "./server.ts"

/** Most alternatives per position that are asked for: the servers set no bound and answer with all of them. */
export const mostTopLogprobs = 128

/** Both engines run plain causal attention and take no other mask. */
export const servedMasks: readonly MaskChoice["preset"][] = ["none", "causal"]

/**
 * Throws `invalid-request` for what is known to crash or mislead a server: SGLang-JAX dies of a negative label id and
 * of an empty prompt, takes ids beyond its vocabulary in silence, and SGLang PyTorch scores mixed text and ids.
 */
export const checkScore = (request: ScoreRequest, limits: Limits): void => {
  checkMask(request.mask)
  if (request.items.length === 0) throw refuse("items", "is empty", "Give at least one item to score.")
  request.items.forEach((item, index) => checkPair(request, item, index, limits))
  checkLabels(request, limits)
}

export const checkGenerate = (request: GenerateRequest, limits: Limits): void => {
  const { prompt, inputIds, maxNewTokens, temperature, topLogprobs, seed } = request
  if ((prompt === null) === (inputIds === null)) {
    throw refuse("prompt, input_ids", "exactly one of them is needed", "Give the prompt as text or as token ids.")
  }
  if (prompt === "") throw refuse("prompt", "is empty", "Give at least one character.")
  if (inputIds !== null) {
    if (inputIds.length === 0) throw refuse("input_ids", "is empty", "Give at least one token id.")
    checkIds("input_ids", inputIds, limits)
    checkLength("input_ids", inputIds.length, maxNewTokens, limits)
  }
  checkCount("max_new_tokens", maxNewTokens, 1_000_000)
  checkCount("top_logprobs", topLogprobs, mostTopLogprobs)
  if (seed !== null) checkCount("seed", seed, 2 ** 31 - 1)
  if (!Number.isFinite(temperature) || temperature < 0) {
    throw refuse("temperature", `${temperature} is not a number from 0`, "Use 0 for the most likely token each time.")
  }
}

/** The prompt that is scored for one item; text joins without a separator. */
export const joined = (request: ScoreRequest, item: TokenInput): TokenInput => {
  const [first, second] = request.itemFirst ? [item, request.query] : [request.query, item]
  return typeof first === "string" || typeof second === "string" ? `${first}${second}` : [...first, ...second]
}

const checkPair = (request: ScoreRequest, item: TokenInput, index: number, limits: Limits): void => {
  if (typeof item !== typeof request.query) {
    throw refuse(
      `items[${index}]`,
      `is given as ${kind(item)}, the query as ${kind(request.query)}`,
      "Give query and items all as text, or all as token ids."
    )
  }
  const prompt = joined(request, item)
  if (prompt.length === 0) {
    throw refuse(`items[${index}]`, "query and item together are empty", "Give a query, or an item with content.")
  }
  if (typeof prompt === "string") return
  checkIds("query", typeof request.query === "string" ? [] : request.query, limits)
  checkIds(`items[${index}]`, typeof item === "string" ? [] : item, limits)
  checkLength(`items[${index}]`, prompt.length, 1, limits)
}

const checkLabels = ({ labels, labelTokenIds }: ScoreRequest, limits: Limits): void => {
  if ((labels === null) === (labelTokenIds === null)) {
    throw refuse("labels, label_token_ids", "exactly one of them is needed", "Give labels as texts or as token ids.")
  }
  if (labels?.length === 0) throw refuse("labels", "is empty", "Give at least one label.")
  if (labelTokenIds?.length === 0) throw refuse("label_token_ids", "is empty", "Give at least one label token id.")
  labels?.forEach((label, index) => {
    if (label === "") throw refuse(`labels[${index}]`, "is empty", "A label is the text of exactly one token.")
  })
  checkIds("label_token_ids", labelTokenIds ?? [], limits)
}

const checkMask = (mask: MaskChoice | null): void => {
  if (mask === null || servedMasks.includes(mask.preset)) return
  throw new AdapterError({
    reason: "unsupported",
    message: `mask: "${mask.preset}" is not supported by this backend; it always attends causally.`,
    hint: 'Score without a mask, or use one of "none" and "causal".',
    detail: "mask-unsupported"
  })
}

const checkIds = (field: string, ids: readonly number[], { vocabulary }: Limits): void => {
  ids.forEach((id, index) => {
    if (!Number.isInteger(id) || id < 0) {
      throw refuse(`${field}[${index}]`, `${id} is not a token id`, "Token ids are whole numbers from 0.")
    }
    if (vocabulary !== null && id >= vocabulary) {
      throw refuse(
        `${field}[${index}]`,
        `${id} is beyond the model's vocabulary of ${vocabulary}`,
        `Token ids of this model go up to ${vocabulary - 1}; were they made with another tokenizer?`
      )
    }
  })
}

const checkLength = (
  field: string,
  prompt: number,
  output: number,
  { contextLength, maxInputTokens }: Limits
): void => {
  if (maxInputTokens !== null && prompt > maxInputTokens) {
    throw refuse(field, `the prompt has ${prompt} tokens, the server takes ${maxInputTokens}`, "Shorten the prompt.")
  }
  if (contextLength !== null && prompt + output > contextLength) {
    throw refuse(
      field,
      `${prompt} prompt tokens and ${output} new ones exceed the server's context of ${contextLength}`,
      "Shorten the prompt or ask for fewer tokens."
    )
  }
}

const checkCount = (field: string, value: number, most: number): void => {
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw refuse(field, `${value} is not a whole number from 0 to ${most}`, "Correct the number.")
  }
}

const kind = (input: TokenInput): string => (typeof input === "string" ? "text" : "token ids")

import type { GenerateInput, RunRequest, ScoreInput } from "../domain/workload.ts"
import { StudioError } from "./StudioError.ts"

/** Fills in what a caller may leave out of a score. */
export const scoreInput = (given: Partial<ScoreInput> & Pick<ScoreInput, "query" | "items">): ScoreInput => ({
  query: given.query,
  items: given.items,
  labels: given.labels ?? null,
  labelTokenIds: given.labelTokenIds ?? null,
  applySoftmax: given.applySoftmax ?? false,
  itemFirst: given.itemFirst ?? false,
  oneByOne: given.oneByOne ?? false,
  mask: given.mask ?? null
})

/** Fills in what a caller may leave out of a generation: greedy, 32 tokens, 5 alternatives. */
export const generateInput = (given: Partial<GenerateInput>): GenerateInput => ({
  prompt: given.prompt ?? null,
  inputIds: given.inputIds ?? null,
  maxNewTokens: given.maxNewTokens ?? 32,
  temperature: given.temperature ?? 0,
  seed: given.seed ?? null,
  topLogprobs: given.topLogprobs ?? 5
})

/** The request with its defaults. Throws `StudioError` `invalid-request` that names the field. */
export const checkRequest = (request: RunRequest): RunRequest => {
  const problem = problemOf(request)
  if (problem !== null) {
    const [path, message, hint] = problem
    throw new StudioError({ code: "invalid-request", message, hint, path })
  }
  if ("score" in request) return { score: scoreInput(request.score) }
  return "generate" in request ? { generate: generateInput(request.generate) } : request
}

type Problem = readonly [path: string, message: string, hint: string]

const problemOf = (request: RunRequest): Problem | null => {
  if ("score" in request) return scoreProblem(request.score)
  if ("generate" in request) return generateProblem(request.generate)
  return request.benchmark.entrypoint === ""
    ? ["request.benchmark.entrypoint", "A benchmark needs an entrypoint.", "Name one, such as serving."]
    : null
}

const scoreProblem = ({ items, labels = null, labelTokenIds = null, mask }: ScoreInput): Problem | null => {
  if (items.length === 0) return ["request.score.items", "There are no items to score.", "Give at least one item."]
  if ((labels === null) === (labelTokenIds === null))
    return [
      "request.score.labels",
      "A score needs labels, as texts or as token ids, and not both.",
      "Give labels or label_token_ids."
    ]
  if ((labels ?? labelTokenIds ?? []).length === 0)
    return ["request.score.labels", "There are no labels.", "Give at least one label."]
  if (mask?.preset === "custom" && mask.matrix === null)
    return ["request.score.mask.matrix", "A custom mask needs its matrix.", "Give rows of 0 and 1."]
  return null
}

const generateProblem = (input: GenerateInput): Problem | null => {
  const { prompt = null, inputIds = null, maxNewTokens = 1, temperature = 0 } = input
  if ((prompt === null) === (inputIds === null))
    return [
      "request.generate.prompt",
      "A generation needs a prompt, as text or as token ids, and not both.",
      "Give prompt or input_ids."
    ]
  if (inputIds?.length === 0)
    return ["request.generate.input_ids", "There are no input ids.", "Give at least one token id."]
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 0)
    return [
      "request.generate.max_new_tokens",
      `${maxNewTokens} tokens cannot be generated.`,
      "Give a whole number from 0."
    ]
  if (!(temperature >= 0))
    return ["request.generate.temperature", `${temperature} is no temperature.`, "Give a number from 0."]
  return null
}

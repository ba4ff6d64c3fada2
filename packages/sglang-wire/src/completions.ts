import { AdapterError, type Context, type GenerateRequest } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import { readAnswer } from "./answers.ts"
import { excerpt, isObject, type LooseObject } from "./looseJson.ts"
import { patient, type Wire } from "./wire.ts"

const what = "POST /v1/completions"

/**
 * The answer of `/generate` with the logprobs that the OpenAI-compatible route gives to the same tokens. That route
 * tells texts and no ids: they are taken from `/generate`, token by token, as long as the texts are the same.
 */
export const viaCompletions = async (
  wire: Wire,
  model: string,
  request: GenerateRequest,
  plain: LooseObject,
  context: Context
): Promise<LooseObject> => {
  const body = {
    model,
    prompt: request.inputIds ?? request.prompt,
    // One token rather than none, which this route refuses.
    max_tokens: Math.max(1, request.maxNewTokens),
    temperature: request.temperature,
    echo: true,
    logprobs: 1,
    ...(request.seed === null ? {} : { seed: request.seed })
  }
  const { value, nonfinite } = readAnswer(await wire.http.post("/v1/completions", body, patient(context)), what)
  const told = readTokens(value)
  const { meta_info } = plain.value
  const meta = isObject(meta_info) ? meta_info : {}
  const prompt = retold(listOf(meta["input_token_logprobs"]), told)
  const output = retold(listOf(meta["output_token_logprobs"]), told.slice(prompt.length))
  return {
    nonfinite,
    value: {
      ...plain.value,
      meta_info: {
        ...meta,
        input_token_logprobs: prompt,
        output_token_logprobs: output,
        // The route names alternatives by their texts.
        input_top_logprobs: prompt.map(() => []),
        output_top_logprobs: output.map(() => [])
      }
    }
  }
}

interface Told {
  readonly token: Json
  readonly logprob: Json
}

const readTokens = (body: JsonObject): readonly Told[] => {
  const choice = listOf(body["choices"])[0]
  const logprobs = isObject(choice) ? choice["logprobs"] : undefined
  const tokens = isObject(logprobs) ? listOf(logprobs["tokens"]) : []
  const values = isObject(logprobs) ? listOf(logprobs["token_logprobs"]) : []
  if (tokens.length > 0 && tokens.length === values.length)
    return tokens.map((token, index) => ({ token, logprob: values[index] ?? null }))
  throw new AdapterError({
    reason: "protocol",
    message: `The answer to ${what} should hold logprobs of the prompt and the output, but has ${excerpt(JSON.stringify(choice ?? body))}`,
    hint: "This server's completions differ from those that the adapter knows; report its version."
  })
}

/** `[logprob, id, text]` with the other route's logprob; another token from the first other text on. */
const retold = (triples: readonly Json[], told: readonly Told[]): readonly Json[] => {
  let isSame = true
  return triples.slice(0, told.length).map((triple, index) => {
    const [, id = null, text = null] = listOf(triple)
    const { token, logprob } = told[index]!
    isSame &&= text === null || text === token
    return [logprob, isSame ? id : otherToken, token]
  })
}

/** No id of any vocabulary. */
const otherToken = -1

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

// @ts-check
import { AdapterError } from "@sglang-studio/core/adapter"
import { invalid } from "./invalid.js"
import { idOf, likeliest, nextWord, wordsOf } from "./model.js"

/** @import { GenerateRequest, RunEvent } from "@sglang-studio/core/adapter" */

/**
 * @param {GenerateRequest} request
 * @param {number} memory
 * @returns {AsyncGenerator<RunEvent>}
 */
export async function* generate(request, memory) {
  if (request.prompt === null) throw invalid("Echo cannot turn token ids back into text.", "Give the prompt as text.")
  if (request.temperature !== 0)
    throw new AdapterError({ reason: "unsupported", message: "Echo does not sample.", hint: "Take temperature 0." })
  const prompt = wordsOf(request.prompt)
  if (prompt.length === 0) throw invalid("The prompt has no word.", "Give at least one.")
  yield { type: "started" }

  const words = [...prompt]
  for (let index = 0; index < request.maxNewTokens; index++) {
    const [[word, probability]] = likeliest(words, memory)
    yield { type: "token", index, id: idOf(word), text: word, logprob: Math.log(probability) }
    words.push(word)
  }

  // What the model thought before each word: nothing before the first.
  const before = words.map((_, at) => (at === 0 ? [] : likeliest(words.slice(0, at), memory)))
  const best = before.map((all) => all.slice(0, request.topLogprobs))
  yield {
    type: "trace",
    chunk: {
      case: "prompt",
      promptLength: prompt.length,
      semantics: "raw",
      from: 0,
      ids: words.map(idOf),
      tokens: words,
      logprobs: words.map((word, at) => (at === 0 ? null : Math.log(nextWord(words.slice(0, at), memory)(word)))),
      ranks: before.map((all, at) => all.findIndex(([word]) => word === words[at]) + 1 || null),
      top: {
        k: request.topLogprobs,
        ids: best.map((row) => row.map(([word]) => idOf(word))),
        logprobs: best.map((row) => row.map(([, probability]) => Math.log(probability)))
      }
    }
  }
  const output = words.slice(prompt.length)
  yield {
    type: "result",
    result: {
      kind: "generate",
      output: { text: output.join(""), tokenIds: output.map(idOf) },
      metrics: {},
      raw: null
    }
  }
}

import type { GenerateRequest, RunEvent, Send } from "@sglang-studio/core/adapter"
import { invalidRequest } from "./invalidRequest.ts"
import { mix, unit } from "./model/hash.ts"
import { emptyContext, extend } from "./model/languageModel.ts"
import { detokenize, tokenTexts } from "./model/vocabulary.ts"
import { predict, type Prediction } from "./predict.ts"
import { promptIds } from "./promptIds.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"
import { seatOf } from "./Seat.ts"
import { addRow, chunkOf, emptyRows, teacherForced } from "./traceRows.ts"

/** The prompt's trace, then one token after the other, most likely first or drawn at the temperature. */
export async function* generate(behaviour: Behaviour, request: GenerateRequest, send?: Send): AsyncGenerator<RunEvent> {
  const prompt = request.inputIds ?? request.prompt
  if (prompt === null) throw invalidRequest("There is no prompt.", "Give a prompt or input ids.")
  const ids = promptIds(behaviour, prompt)
  const seat = seatOf(send)
  const head = { case: "prompt", promptLength: ids.length, topK: request.topLogprobs }
  yield { type: "started" }

  const { rows, contexts } = teacherForced(behaviour, ids, seat, request.topLogprobs)
  yield { type: "trace", chunk: chunkOf(rows, { ...head, from: 0 }) }

  const output = emptyRows()
  let context = contexts.at(-1) ?? emptyContext
  for (let index = 0; index < request.maxNewTokens; index++) {
    const position = ids.length + index
    const prediction = predict(behaviour, context, { ...seat, position })
    const id = choose(prediction, request, context.hash, index)
    addRow(output, id, prediction, request.topLogprobs)
    context = extend(context, id)
    yield { type: "token", index, id, text: tokenTexts[id] ?? null, logprob: output.logprobs[index] ?? null }
  }
  if (output.ids.length > 0) yield { type: "trace", chunk: chunkOf(output, { ...head, from: ids.length }) }

  yield {
    type: "result",
    result: {
      kind: "generate",
      output: { text: detokenize(output.ids), tokenIds: output.ids },
      metrics: {},
      raw: null
    }
  }
}

const choose = (prediction: Prediction, request: GenerateRequest, context: number, index: number): number =>
  request.temperature === 0
    ? (prediction.top(1).ids[0] ?? 0)
    : prediction.sample(request.temperature, unit(mix(mix(request.seed ?? 0, index), context)))

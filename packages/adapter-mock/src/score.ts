import type { Label, RunEvent, ScoreRequest, Send } from "@sglang-studio/core/adapter"
import { AdapterError } from "@sglang-studio/core/adapter"
import { invalidRequest } from "./invalidRequest.ts"
import { contextOf } from "./model/languageModel.ts"
import { tokenTexts } from "./model/vocabulary.ts"
import { predict } from "./predict.ts"
import { checkId, joinInputs, promptIds } from "./promptIds.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"
import { seatOf, type Seat } from "./Seat.ts"
import { chunkOf, teacherForced, type Walk } from "./traceRows.ts"

const topK = 20

/** One batch of prompts for the scores, then every prompt alone for its trace and, if asked, its score. */
export async function* score(behaviour: Behaviour, request: ScoreRequest, send?: Send): AsyncGenerator<RunEvent> {
  const labels = labelsOf(behaviour, request)
  if (!takesMask(behaviour, request)) {
    yield maskRefused(request)
    throw maskUnsupported(request)
  }
  if (request.items.length === 0) throw invalidRequest("There are no items to score.", "Give at least one item.")
  const prompts = request.items.map((item) =>
    promptIds(behaviour, request.itemFirst ? joinInputs(item, request.query) : joinInputs(request.query, item))
  )
  yield { type: "started" }

  const alone = seatOf(send)
  const logprobs = prompts.map((ids, row) =>
    labelLogprobs(behaviour, ids, labels, send?.kind === "batch-of-1" ? alone : seatOf(send, row, prompts.length))
  )
  const oneByOne: number[][] = []
  let walk: Walk | undefined
  for (const [index, ids] of prompts.entries()) {
    walk = teacherForced(behaviour, ids, alone, topK, walk)
    const chunk = chunkOf(walk.rows, { case: `item-${index}`, promptLength: ids.length, from: 0, topK })
    yield { type: "trace", chunk }
    if (request.oneByOne) oneByOne.push(scoresOf(labelLogprobs(behaviour, ids, labels, alone), request.applySoftmax))
    yield { type: "progress", done: index + 1, total: prompts.length, unit: "items" }
  }

  yield {
    type: "result",
    result: {
      kind: "score",
      items: request.items.map((item, index) => ({
        text: typeof item === "string" ? item : null,
        inputIds: prompts[index] ?? null
      })),
      labels,
      scores: logprobs.map((row) => scoresOf(row, request.applySoftmax)),
      logprobs,
      oneByOne: request.oneByOne ? oneByOne : null,
      metrics: {},
      raw: null
    }
  }
}

const labelsOf = (behaviour: Behaviour, { labels, labelTokenIds }: ScoreRequest): readonly Label[] => {
  const found =
    labels?.map((text) => ({ text, id: singleToken(behaviour, text) })) ??
    labelTokenIds?.map((id) => ({ text: tokenTexts[checkId(id)] ?? null, id })) ??
    []
  if (found.length === 0) throw invalidRequest("There are no labels.", "Give label texts or label token ids.")
  return found
}

const singleToken = (behaviour: Behaviour, text: string): number => {
  const ids = behaviour.tokenize(text)
  const [id] = ids
  if (id !== undefined && ids.length === 1) return id
  const pieces = ids.map((piece) => `${JSON.stringify(tokenTexts[piece])} (${piece})`).join(" ")
  throw invalidRequest(
    `The label ${JSON.stringify(text)} is ${ids.length} tokens: ${pieces || "none"}.`,
    'A label must be exactly one token; most words are with a leading space, such as " yes".'
  )
}

const takesMask = ({ masks }: Behaviour, { mask }: ScoreRequest): boolean =>
  mask === null || masks.includes(mask.preset)

const maskUnsupported = ({ mask }: ScoreRequest): AdapterError =>
  new AdapterError({
    reason: "unsupported",
    message: `The mock cannot apply the mask "${mask?.preset}".`,
    hint: "Leave the mask out, or use causal."
  })

const maskRefused = (request: ScoreRequest): RunEvent => ({
  type: "finding",
  finding: {
    code: "mask-unsupported",
    severity: "error",
    message: maskUnsupported(request).message,
    evidence: { preset: request.mask?.preset ?? null }
  }
})

const labelLogprobs = (
  behaviour: Behaviour,
  ids: readonly number[],
  labels: readonly Label[],
  seat: Seat
): readonly number[] => {
  const prediction = predict(behaviour, contextOf(ids), { ...seat, position: ids.length })
  return labels.map(({ id }) => prediction.logprob(id))
}

const scoresOf = (logprobs: readonly number[], applySoftmax: boolean): number[] => {
  if (!applySoftmax) return logprobs.map(Math.exp)
  const largest = Math.max(...logprobs)
  const shares = logprobs.map((logprob) => Math.exp(logprob - largest))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}

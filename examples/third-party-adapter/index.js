// @ts-check
import { defineAdapter } from "@sglang-studio/core/adapter"
import { benchmark, flagsOf } from "./benchmark.js"
import { generate } from "./generate.js"
import { invalid } from "./invalid.js"
import { idOf, nextWord, wordsOf } from "./model.js"

/** @import { RunEvent, ScoreRequest, TokenInput } from "@sglang-studio/core/adapter" */
/** @typedef {{ readonly memory: number }} Settings */

export default defineAdapter({
  api: 1,
  name: "echo",
  version: "1.0.0",
  supports: {
    operations: ["tokenize", "score", "generate", "benchmark"],
    entrypoints: ["echo-bench"],
    masks: ["none"]
  },
  config: {
    "~standard": {
      version: 1,
      vendor: "acme",
      validate: (input) => {
        if (typeof input !== "object" || input === null) return { issues: [{ message: "The settings are an object." }] }
        const { memory = 0.9, ...rest } = /** @type {{ memory?: unknown }} */ (input)
        const [unknown] = Object.keys(rest)
        if (unknown !== undefined) return { issues: [{ message: `Unknown setting "${unknown}".`, path: [unknown] }] }
        if (typeof memory !== "number" || !(memory >= 0 && memory < 1))
          return { issues: [{ message: "A number from 0 to 1.", path: ["memory"] }] }
        return { value: { memory } }
      }
    }
  },
  open: async (/** @type {Settings} */ { memory }) => ({
    probe: async () => ({
      reachable: true,
      server: "Echo 1.0.0",
      decidedBy: "it runs inside the studio",
      fingerprint: {
        engine: "echo",
        engineVersion: "1.0.0",
        commit: null,
        model: "what the prompt said",
        modelRevision: null,
        tokenizerHash: null,
        device: "cpu",
        dtype: "float64",
        flags: { memory }
      },
      capabilities: [
        { operation: "tokenize", available: true, evidence: "built in" },
        { operation: "score", available: true, evidence: "built in" },
        { operation: "generate", available: true, evidence: "built in" },
        { operation: "benchmark", available: true, evidence: "built in" }
      ],
      notes: []
    }),
    tokenize: async (texts) => texts.map((text) => wordsOf(text).map(idOf)),
    score: (request) => score(request, memory),
    generate: (request) => generate(request, memory),
    benchmark: (request, context) => benchmark(request, memory, context),
    close: async () => {}
  }),
  check: (request) => {
    if ("benchmark" in request) flagsOf(request.benchmark.set)
  }
})

/**
 * @param {ScoreRequest} request
 * @param {number} memory
 * @returns {AsyncGenerator<RunEvent>}
 */
async function* score(request, memory) {
  const labels = (request.labels ?? []).map(labelOf)
  if (labels.length === 0) throw invalid("Echo needs labels as text.", 'Give at least one label, such as " yes".')
  const prompts = request.items.map((item) => {
    const [query, text] = [textOf(request.query), textOf(item)]
    return wordsOf(request.itemFirst ? text + query : query + text)
  })
  yield { type: "started" }

  for (const [index, words] of prompts.entries()) {
    yield {
      type: "trace",
      chunk: {
        case: `item-${index}`,
        promptLength: words.length,
        semantics: "raw",
        from: 0,
        ids: words.map(idOf),
        tokens: words,
        logprobs: words.map((word, at) => (at === 0 ? null : Math.log(nextWord(words.slice(0, at), memory)(word)))),
        ranks: null,
        top: null
      }
    }
    yield { type: "progress", done: index + 1, total: prompts.length, unit: "items" }
  }

  const scores = prompts.map((words) => {
    const probabilities = labels.map(({ text }) => nextWord(words, memory)(text))
    const sum = probabilities.reduce((total, probability) => total + probability, 0)
    return request.applySoftmax ? probabilities.map((probability) => probability / sum) : probabilities
  })
  yield {
    type: "result",
    result: {
      kind: "score",
      items: request.items.map((item, index) => ({ text: textOf(item), inputIds: (prompts[index] ?? []).map(idOf) })),
      labels,
      scores,
      logprobs: prompts.map((words) => labels.map(({ text }) => Math.log(nextWord(words, memory)(text)))),
      // Nothing is batched here: alone, an item has the same score.
      oneByOne: request.oneByOne ? scores : null,
      metrics: {},
      raw: null
    }
  }
}

/** @param {string} text */
const labelOf = (text) => {
  const words = wordsOf(text)
  if (words.length === 1) return { text, id: idOf(text) }
  throw invalid(
    `The label ${JSON.stringify(text)} is ${words.length} words: ${JSON.stringify(words)}.`,
    "Give one word."
  )
}

/** @param {TokenInput} input @returns {string} */
const textOf = (input) => {
  if (typeof input === "string") return input
  throw invalid("Echo cannot turn token ids back into text.", "Give query and items as text.")
}

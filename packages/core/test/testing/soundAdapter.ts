import { AdapterError, type Adapter, type Backend, type RunEvent, type ScoreRequest } from "@sglang-studio/core/adapter"

/** The smallest adapter that keeps every law: each token is a character, each next one equally likely. */
export const soundAdapter: Adapter = {
  api: 1,
  name: "sound",
  version: "1.0.0",
  mock: true,
  supports: { operations: ["tokenize", "score", "generate", "benchmark"], entrypoints: ["serving"], masks: ["none"] },
  config: {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) =>
        typeof value === "object" && value !== null ? { value } : { issues: [{ message: "settings are an object" }] }
    }
  },
  open: async () => soundBackend(),
  importers: [{ name: "none", read: () => null }]
}

export const soundBackend = (): Backend => ({
  probe: async () => ({
    reachable: true,
    server: "sound",
    decidedBy: "built in",
    fingerprint: null,
    capabilities: [{ operation: "score", available: true, evidence: "built in" }],
    notes: []
  }),
  tokenize: async (texts) => texts.map(codes),
  score: async function* (request) {
    if ((request.labels ?? []).length === 0) throw invalid("no labels")
    yield { type: "started" }
    for (const index of request.items.keys()) yield traceOf(`item-${index}`, [1, 2, 3], 3)
    yield scoreResult(request)
  },
  generate: async function* (request) {
    if (request.prompt === null) throw invalid("no prompt")
    const ids = codes(request.prompt)
    yield { type: "started" }
    yield { type: "token", index: 0, id: 33, text: "!", logprob: -1 }
    yield traceOf("prompt", [...ids, 33], ids.length)
    yield {
      type: "result",
      result: { kind: "generate", output: { text: "!", tokenIds: [33] }, metrics: {}, raw: null }
    }
  },
  benchmark: async function* (request) {
    if (request.entrypoint !== "serving") throw invalid("no such entrypoint")
    yield { type: "started" }
    yield { type: "progress", done: 1, total: 1, unit: "requests" }
    const metrics = { completed: { value: 1, unit: "requests", definition: "completed" } }
    yield { type: "result", result: { kind: "benchmark", metrics, raw: null } }
  },
  close: async () => {}
})

export const traceOf = (name: string, ids: readonly number[], promptLength: number): RunEvent => ({
  type: "trace",
  chunk: {
    case: name,
    promptLength,
    semantics: "raw",
    from: 0,
    ids,
    tokens: ids.map(String),
    logprobs: ids.map((_, index) => (index === 0 ? null : -1)),
    ranks: null,
    top: null
  }
})

export const scoreResult = (request: ScoreRequest): RunEvent => {
  const labels = (request.labels ?? []).map((text, id) => ({ text, id }))
  const scores = request.items.map(() => labels.map(() => 1 / labels.length))
  return {
    type: "result",
    result: {
      kind: "score",
      items: request.items.map(() => ({ text: null, inputIds: null })),
      labels,
      scores,
      logprobs: null,
      oneByOne: request.oneByOne ? scores : null,
      metrics: {},
      raw: null
    }
  }
}

export const invalid = (message: string): AdapterError =>
  new AdapterError({ reason: "invalid-request", message, hint: "Ask for something else." })

const codes = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

import {
  AdapterError,
  defineAdapter,
  type Context,
  type Probe,
  type RunEvent,
  type ScoreRequest,
  type StandardSchemaV1
} from "@sglang-studio/core/adapter"

interface Settings {
  readonly url: string
}

const config: StandardSchemaV1<unknown, Settings> = {
  "~standard": {
    version: 1,
    vendor: "acme",
    validate: (input) => {
      if (typeof input !== "object" || input === null) return { issues: [{ message: "The settings are an object." }] }
      const { url = "none", ...rest } = input as { readonly url?: unknown }
      const [unknown] = Object.keys(rest)
      if (unknown !== undefined) return { issues: [{ message: `Unknown setting "${unknown}".`, path: [unknown] }] }
      return typeof url === "string" ? { value: { url } } : { issues: [{ message: "A text.", path: ["url"] }] }
    }
  }
}

export default defineAdapter({
  api: 1,
  name: "even",
  version: "1.0.0",
  supports: { operations: ["score"], entrypoints: [], masks: ["none"] },
  config,
  open: async ({ url }) => ({ probe: async () => probe(url), score, close: async () => {} })
})

const probe = (url: string): Probe => ({
  reachable: true,
  server: "Even 1.0.0",
  decidedBy: "it runs inside the studio",
  fingerprint: {
    engine: "even",
    engineVersion: "1.0.0",
    commit: null,
    model: null,
    modelRevision: null,
    tokenizerHash: null,
    device: null,
    dtype: null,
    flags: { url }
  },
  capabilities: [{ operation: "score", available: true, evidence: "built in" }],
  notes: []
})

/** Every label is as likely as the others. */
async function* score(request: ScoreRequest, context: Context): AsyncGenerator<RunEvent> {
  const labels = request.labelTokenIds ?? request.labels?.map((_, id) => id) ?? []
  if (labels.length === 0)
    throw new AdapterError({ reason: "invalid-request", message: "There are no labels.", hint: "Give at least one." })
  yield { type: "started" }
  context.log(`scoring ${request.items.length} items`)
  const scores = request.items.map(() => labels.map(() => 1 / labels.length))
  yield {
    type: "result",
    result: {
      kind: "score",
      items: request.items.map((item) => ({ text: typeof item === "string" ? item : null, inputIds: null })),
      labels: labels.map((id, at) => ({ text: request.labels?.[at] ?? null, id })),
      scores,
      logprobs: null,
      oneByOne: request.oneByOne ? scores : null,
      metrics: {},
      raw: null
    }
  }
}

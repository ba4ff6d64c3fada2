import type { ArmRecords, RunRecord } from "../../src/compare/Arms.ts"
import type { Fingerprint } from "../../src/domain/fingerprint.ts"
import type { Run, ScoreResult } from "../../src/domain/run.ts"
import type { TraceColumns } from "../../src/domain/traceColumns.ts"
import type { GenerateInput, RunRequest, ScoreInput } from "../../src/domain/workload.ts"

/** Records as the store would hand them over, built from what a test wants to say. */
export const fingerprint = (fields: Partial<Fingerprint> = {}): Fingerprint => ({
  engine: "engine",
  engineVersion: "1.0",
  commit: null,
  model: "/models/m",
  modelRevision: null,
  tokenizerHash: null,
  device: "cpu",
  dtype: "float32",
  flags: {},
  ...fields
})

export const run = (id: string, request: RunRequest, fields: Partial<Run> = {}): Run => ({
  id,
  kind: "score" in request ? "score" : "generate" in request ? "generate" : "benchmark",
  backend: "backend",
  adapter: "adapter",
  status: "succeeded",
  provenance: "real",
  imported: null,
  adapterError: null,
  error: null,
  createdAt: "2026-01-01T00:00:00Z",
  startedAt: null,
  finishedAt: null,
  workloadHash: JSON.stringify(request),
  systemHash: null,
  fingerprint: fingerprint(),
  request,
  resend: null,
  campaign: null,
  tags: [],
  note: "",
  pinned: false,
  archived: false,
  progress: null,
  metrics: {},
  rawMetrics: null,
  validity: { outcome: "valid", findings: [] },
  score: null,
  output: null,
  traces: [],
  artifacts: [],
  reproduce: { cli: "", curl: null, python: null },
  ...fields
})

export interface TraceSpec {
  readonly ids: readonly number[]
  readonly logprobs: readonly (number | null)[]
  readonly promptLength?: number
  readonly top?: readonly (readonly (readonly [id: number, logprob: number])[])[]
  readonly tokens?: readonly string[]
  readonly case?: string
}

/** A null logprob means no value. */
export const trace = ({
  ids,
  logprobs,
  promptLength = ids.length,
  top,
  tokens,
  case: name = "prompt"
}: TraceSpec): TraceColumns => {
  const k = Math.max(0, ...(top ?? []).map((row) => row.length))
  const slots = Array.from({ length: ids.length * k }, (_, i) => top?.[Math.floor(i / k)]?.[i % k])
  return {
    case: name,
    promptLength,
    semantics: "raw",
    length: ids.length,
    ids: Int32Array.from(ids),
    tokens: tokens ?? ids.map(() => null),
    logprobs: Float64Array.from(logprobs, (value) => value ?? NaN),
    ranks: new Int32Array(ids.length),
    top:
      top === undefined
        ? null
        : {
            k,
            ids: Int32Array.from(slots, (slot) => slot?.[0] ?? -1),
            logprobs: Float64Array.from(slots, (slot) => slot?.[1] ?? NaN)
          }
  }
}

export const generateRequest = (fields: Partial<GenerateInput> = {}): { readonly generate: GenerateInput } => ({
  generate: { prompt: "p", inputIds: null, maxNewTokens: 1, temperature: 0, seed: null, topLogprobs: 5, ...fields }
})

export const scoreRequest = (fields: Partial<ScoreInput> = {}): { readonly score: ScoreInput } => ({
  score: {
    query: "q",
    items: [" a", " b", " c"],
    labels: [" yes", " no"],
    labelTokenIds: null,
    applySoftmax: false,
    itemFirst: false,
    oneByOne: true,
    mask: null,
    ...fields
  }
})

/** `first` = each item's score of the first label; the second label gets the rest. */
export const scores = (first: readonly number[], alone: readonly number[] | null = first): ScoreResult => ({
  items: first.map((_, item) => ({ text: `item ${item}`, inputIds: null })),
  labels: [
    { text: " yes", id: 1 },
    { text: " no", id: 2 }
  ],
  scores: first.map((value) => [value, 1 - value]),
  logprobs: null,
  oneByOne: alone?.map((value) => [value, 1 - value]) ?? null
})

export const arm = (label: string, ...records: readonly RunRecord[]): ArmRecords => ({ label, records })

/** `count` prompts of `length` tokens; `shift(prompt, position)` is added to each logprob. */
export const promptArm = (
  label: string,
  count: number,
  length: number,
  shift: (prompt: number, position: number) => number = () => 0,
  fields: Partial<Run> = {}
): ArmRecords =>
  arm(
    label,
    ...Array.from({ length: count }, (_, prompt) => {
      const ids = Array.from({ length }, (_, position) => (prompt * 31 + position * 7) % 1000)
      const logprobs = ids.map((id, position) =>
        position === 0 ? null : -0.1 - (id % 50) / 10.01 + shift(prompt, position)
      )
      return {
        run: run(`${label}-${prompt}`, generateRequest({ prompt: `prompt ${prompt}` }), fields),
        traces: [trace({ ids, logprobs })]
      }
    })
  )

import type { Context, RunEvent, ScoreRequest } from "@sglang-studio/core/adapter"
import { isAdapterError } from "@sglang-studio/core/adapter"
import type { Finding, Json, JsonObject, Label, TokenInput } from "@sglang-studio/core/domain"
import { readAnswer, readScores } from "./answers.ts"
import { checkGeneration } from "./checkGeneration.ts"
import { checkRefusal } from "./checkRefusal.ts"
import { checkScore, joined } from "./checkRequest.ts"
import type { Dialect } from "./dialect.ts"
import { readGeneration, type Generation } from "./generation.ts"
import { generationFindings } from "./generationFindings.ts"
import { nonfiniteLogprobs } from "./nonfiniteFinding.ts"
import { oneTokenEach } from "./labels.ts"
import { saveArtifact } from "./saveArtifact.ts"
import { flushIfAsked } from "./send.ts"
import { requireServer, type Server } from "./server.ts"
import { patient, type Wire } from "./wire.ts"

/** Alternatives recorded at each position of a score trace. */
const traceTopK = 20

/**
 * One `/v1/score` with all items, then one teacher-forced `/generate` per item, one at a time, for its token trace;
 * with `oneByOne` each item alone through `/v1/score` as well. Trace cases are named `item-0`, `item-1`, ...
 */
export async function* scoreRun(
  dialect: Dialect,
  wire: Wire,
  request: ScoreRequest,
  context: Context
): AsyncGenerator<RunEvent> {
  const server = await requireServer(wire, dialect.engine, context)
  try {
    checkScore(request, server.limits)
  } catch (cause) {
    if (isAdapterError(cause) && cause.detail === "mask-unsupported") yield maskUnsupported(request, cause.message)
    throw cause
  }
  const labels = await resolveLabels(dialect, wire, server, request, context)
  const ask = (items: readonly TokenInput[]) => postScore(wire, server, request, items, labels, context)
  yield { type: "started" }

  const total = 1 + request.items.length * (request.oneByOne ? 2 : 1)
  let done = 0
  const progress = (): RunEvent => ({ type: "progress", done: ++done, total, unit: "requests" })

  const before = performance.now()
  const whole = context.send?.kind === "batch-of-1" ? await oneByOneOf(request, ask) : await ask(request.items)
  const latencyMs = performance.now() - before
  await saveExchange(context, whole)
  yield progress()

  const traces: Generation[] = []
  const nonfinite = [...whole.nonfinite]
  for (const [index, item] of request.items.entries()) {
    const { trace, nonfinite: more } = await postTrace(wire, joined(request, item), labels, context)
    yield {
      type: "trace",
      chunk: {
        case: `item-${index}`,
        promptLength: trace.prompt.ids.length,
        semantics: "raw",
        from: 0,
        ...trace.prompt
      }
    }
    yield progress()
    traces.push(trace)
    nonfinite.push(...more)
  }
  for (const finding of findings(nonfinite, traces)) yield { type: "finding", finding }

  const oneByOne: (readonly number[])[] = []
  for (const item of request.oneByOne ? request.items : []) {
    const { scores } = await ask([item])
    oneByOne.push(...scores)
    yield progress()
  }

  yield {
    type: "result",
    result: {
      kind: "score",
      items: request.items.map((item, index) => ({
        text: typeof item === "string" ? item : null,
        inputIds: traces[index]?.prompt.ids ?? null
      })),
      labels,
      scores: whole.scores,
      logprobs: traces.every(({ asked }) => asked?.length === labels.length)
        ? finiteRows(traces.map(({ asked }) => asked ?? []))
        : null,
      oneByOne: request.oneByOne ? oneByOne : null,
      metrics: {
        e2e_latency_ms: { value: latencyMs, unit: "ms", definition: "studio.client/score-request" },
        prompt_tokens: {
          value: traces.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
          unit: "tokens",
          definition: "studio.client/prompt-tokens"
        }
      },
      raw: { score: whole.body, traces: traces.map(({ meta }) => meta) }
    }
  }
}

/** Body of the teacher-forced request behind an item's trace. Both engines answer it with every input position. */
export const traceBody = (prompt: TokenInput, labels: readonly number[]): JsonObject => ({
  ...(typeof prompt === "string" ? { text: prompt } : { input_ids: prompt }),
  // One token rather than none: SGLang-JAX makes one anyway.
  sampling_params: { temperature: 0, max_new_tokens: 1 },
  return_logprob: true,
  logprob_start_len: 0,
  top_logprobs_num: traceTopK,
  token_ids_logprob: labels,
  return_text_in_logprobs: true
})

export const scoreBody = (
  request: ScoreRequest,
  items: readonly TokenInput[],
  labels: readonly number[],
  model: string
): JsonObject => ({
  query: request.query,
  items,
  label_token_ids: labels,
  apply_softmax: request.applySoftmax,
  item_first: request.itemFirst,
  model
})

const resolveLabels = async (
  dialect: Dialect,
  wire: Wire,
  server: Server,
  { labels, labelTokenIds }: ScoreRequest,
  context: Context
): Promise<readonly Label[]> => {
  if (labels === null) return (labelTokenIds ?? []).map((id) => ({ text: null, id }))
  return oneTokenEach(labels, await dialect.tokenize(wire, server, labels, context))
}

interface Scored {
  readonly sent: JsonObject
  readonly body: JsonObject
  readonly nonfinite: readonly string[]
  readonly scores: readonly (readonly number[])[]
}

const postScore = async (
  wire: Wire,
  server: Server,
  request: ScoreRequest,
  items: readonly TokenInput[],
  labels: readonly Label[],
  context: Context
): Promise<Scored> => {
  await flushIfAsked(wire, context)
  const sent = scoreBody(
    request,
    items,
    labels.map(({ id }) => id),
    server.model
  )
  const { value, nonfinite } = readAnswer(await wire.http.post("/v1/score", sent, patient(context)), "POST /v1/score")
  return { sent, body: value, nonfinite, scores: readScores(value, items.length, labels.length) }
}

const postTrace = async (
  wire: Wire,
  prompt: TokenInput,
  labels: readonly Label[],
  context: Context
): Promise<{ readonly trace: Generation; readonly nonfinite: readonly string[] }> => {
  await flushIfAsked(wire, context)
  const body = traceBody(
    prompt,
    labels.map(({ id }) => id)
  )
  const answer = await wire.http.post("/generate", body, patient(context))
  const { value, nonfinite } = readAnswer(answer, "POST /generate")
  checkRefusal(value, "POST /generate")
  const trace = readGeneration(value, traceTopK)
  checkGeneration(trace, { inputIds: typeof prompt === "string" ? null : prompt, maxNewTokens: 0 })
  return { trace, nonfinite }
}

/** What the items get alone, in the shape of what they get together. */
const oneByOneOf = async (
  { items }: ScoreRequest,
  ask: (items: readonly TokenInput[]) => Promise<Scored>
): Promise<Scored> => {
  const answers: Scored[] = []
  for (const item of items) answers.push(await ask([item]))
  return {
    ...answers[0]!,
    nonfinite: answers.flatMap(({ nonfinite }) => nonfinite),
    scores: answers.flatMap(({ scores }) => scores)
  }
}

const saveExchange = (context: Context, { sent, body }: Scored): Promise<void> =>
  saveArtifact(context, {
    name: "score-exchange.json",
    kind: "response",
    mediaType: "application/json",
    text: JSON.stringify({ request: { method: "POST", path: "/v1/score", body: sent }, response: body }, null, 1)
  })

const findings = (nonfinite: readonly string[], traces: readonly Generation[]): readonly Finding[] => [
  ...nonfiniteLogprobs(nonfinite, traces, { promptOnly: true }),
  ...generationFindings(traces, { promptOnly: true })
]

const maskUnsupported = (request: ScoreRequest, message: string): RunEvent => ({
  type: "finding",
  finding: {
    code: "mask-unsupported",
    severity: "error",
    message,
    evidence: { preset: request.mask?.preset ?? null } satisfies { preset: Json }
  }
})

/** Null where a label has no finite logprob: the matrix is all there or not at all. */
const finiteRows = (rows: readonly (readonly (number | null)[])[]): readonly (readonly number[])[] | null => {
  const finite = rows.map((row) => row.filter((value) => value !== null))
  return finite.every((row, index) => row.length === rows[index]?.length) ? finite : null
}

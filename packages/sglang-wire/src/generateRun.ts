import { AdapterError, type Context, type GenerateRequest, type RunEvent } from "@sglang-studio/core/adapter"
import type { JsonObject, Metrics } from "@sglang-studio/core/domain"
import { readAnswer, readLastAnswer } from "./answers.ts"
import { checkGeneration, checkLogprobs } from "./checkGeneration.ts"
import { checkRefusal } from "./checkRefusal.ts"
import { checkGenerate } from "./checkRequest.ts"
import { viaCompletions } from "./completions.ts"
import type { Dialect } from "./dialect.ts"
import { readGeneration, type Generation } from "./generation.ts"
import { generationFindings } from "./generationFindings.ts"
import { parseLooseObject, type LooseObject } from "./looseJson.ts"
import { nonfiniteLogprobs } from "./nonfiniteFinding.ts"
import { saveArtifact } from "./saveArtifact.ts"
import { flushIfAsked, withCompanions } from "./send.ts"
import { requireServer, type Server } from "./server.ts"
import { concatRows, firstRows, rowsOfIds, type TokenRows } from "./tokenRows.ts"
import { patient, type Wire } from "./wire.ts"

/**
 * One `/generate` with prompt logprobs from position 0 and output logprobs, streamed where that is cheap enough.
 * The trace case is `prompt`: prompt positions, then the generated ones.
 */
export async function* generateRun(
  dialect: Dialect,
  wire: Wire,
  request: GenerateRequest,
  context: Context
): AsyncGenerator<RunEvent> {
  const server = await requireServer(wire, dialect.engine, context)
  checkGenerate(request, server.limits)
  const form = await formOf(dialect, wire, request, context)
  await flushIfAsked(wire, context)
  yield { type: "started" }

  const before = performance.now()
  let firstTokenMs: number | null = null
  let shown = 0
  let last: Generation | null = null
  let nonfinite: readonly string[] = []
  for await (const { value: body, nonfinite: keys } of forms[form](wire, request, context, server)) {
    checkRefusal(body, what, { isStream: form === "streamed", hasTokens: firstTokenMs !== null })
    last = readGeneration(body, request.topLogprobs)
    firstTokenMs ??= last.completionTokens > 0 ? performance.now() - before : null
    nonfinite = keys
    const rows = last.output.ids.length === 0 ? rowsOfIds(last.listedIds) : last.output
    const end = Math.min(rows.ids.length, last.completionTokens, request.maxNewTokens)
    for (; shown < end; shown += 1) yield tokenEvent(rows, shown)
    yield { type: "progress", done: shown, total: request.maxNewTokens, unit: "tokens" }
  }
  const e2eMs = performance.now() - before
  if (last === null || !last.finished) throw incomplete(wire.config.url)
  if (form === "completions") checkLogprobs(last)
  else checkGeneration(last, request)

  const kept = Math.min(last.completionTokens, request.maxNewTokens)
  const output = firstRows(last.output, kept)
  yield {
    type: "trace",
    chunk: {
      case: "prompt",
      promptLength: last.prompt.ids.length,
      // Prompt rows are raw in any case; output rows are those of the logits that were sampled from.
      semantics: request.temperature === 0 || request.temperature === 1 ? "raw" : "temperature",
      from: 0,
      ...concatRows(last.prompt, output)
    }
  }
  const promptOnly = kept === 0
  for (const finding of [
    ...nonfiniteLogprobs(nonfinite, [last], { promptOnly }),
    ...generationFindings([last], { promptOnly })
  ]) {
    yield { type: "finding", finding }
  }
  await saveArtifact(context, {
    name: "generate-exchange.json",
    kind: "response",
    mediaType: "application/json",
    text: JSON.stringify(
      { request: { method: "POST", path: "/generate", body: generateBody(request) }, form, meta: last.meta },
      null,
      1
    )
  })
  yield {
    type: "result",
    result: {
      kind: "generate",
      output: { text: kept === 0 ? "" : last.text, tokenIds: output.ids },
      metrics: metricsOf(last, kept, e2eMs, form === "streamed" ? firstTokenMs : null),
      raw: last.meta
    }
  }
}

/** Body of the request without `stream`. `logprob_start_len: 0` also keeps SGLang-JAX from repeating output logprobs. */
export const generateBody = (request: GenerateRequest): JsonObject => ({
  ...(request.inputIds === null ? { text: request.prompt } : { input_ids: request.inputIds }),
  sampling_params: {
    temperature: request.temperature,
    max_new_tokens: request.maxNewTokens,
    ...(request.seed === null ? {} : { sampling_seed: request.seed })
  },
  return_logprob: true,
  logprob_start_len: 0,
  top_logprobs_num: request.topLogprobs,
  return_text_in_logprobs: true
})

const mostStreamedBytes = 32 * 1024 * 1024

/** Every event repeats all rows so far, prompt included: the stream grows with the square of the output. */
export const worthStreaming = ({ prompt, inputIds, maxNewTokens, topLogprobs }: GenerateRequest): boolean => {
  const promptTokens = inputIds?.length ?? prompt?.length ?? 0
  const bytesPerRow = 40 * (topLogprobs + 1)
  return maxNewTokens * (promptTokens + maxNewTokens / 2) * bytesPerRow <= mostStreamedBytes
}

/** How an answer comes: in one piece, as a stream, as the last of a batch, or over the other route. */
const forms = { whole, streamed, batched, completions }

/** To be "sent as a stream" is to be sent in the other way: a short answer is streamed anyhow. */
const formOf = async (
  dialect: Dialect,
  wire: Wire,
  request: GenerateRequest,
  context: Context
): Promise<keyof typeof forms> => {
  if (context.send?.kind === "batched" || context.send?.kind === "completions") return context.send.kind
  const can = await dialect.canStream(wire, request.topLogprobs, context)
  const usual = can && worthStreaming(request) ? "streamed" : "whole"
  if (context.send?.kind !== "streamed") return usual
  if (usual === "streamed") return "whole"
  if (can) return "streamed"
  throw new AdapterError({
    reason: "unsupported",
    message: "This server cannot stream logprobs.",
    hint: "Compare without the streamed check."
  })
}

async function* whole(wire: Wire, request: GenerateRequest, context: Context): AsyncGenerator<LooseObject> {
  yield readAnswer(await wire.http.post("/generate", generateBody(request), patient(context)), what)
}

async function* batched(wire: Wire, request: GenerateRequest, context: Context): AsyncGenerator<LooseObject> {
  const { text: _text, input_ids: _ids, ...body } = generateBody(request)
  const prompts = withCompanions(request.inputIds ?? request.prompt ?? "", context)
  const answer = await wire.http.post("/generate", { ...body, ...prompts }, patient(context))
  yield readLastAnswer(answer, Object.values(prompts)[0]?.length ?? 0, what)
}

async function* completions(
  wire: Wire,
  request: GenerateRequest,
  context: Context,
  { model }: Server
): AsyncGenerator<LooseObject> {
  for await (const plain of whole(wire, request, context)) {
    checkRefusal(plain.value, what)
    checkGeneration(readGeneration(plain.value, request.topLogprobs), request)
    yield await viaCompletions(wire, model, request, plain, context)
  }
}

async function* streamed(wire: Wire, request: GenerateRequest, context: Context): AsyncGenerator<LooseObject> {
  const reply = await wire.http.events("/generate", { ...generateBody(request), stream: true }, patient(context))
  if ("status" in reply) {
    yield readAnswer(reply, what)
    return
  }
  for await (const data of reply) yield parseLooseObject(data, `an event of ${what}`)
}

const what = "POST /generate"

const incomplete = (url: string): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `${url} ended its answer to ${what} without a finish reason.`,
    hint: "Look at the server's own log."
  })

const tokenEvent = (rows: TokenRows, index: number): RunEvent => ({
  type: "token",
  index,
  id: rows.ids[index] ?? -1,
  text: rows.tokens[index] ?? null,
  logprob: rows.logprobs[index] ?? null
})

const metricsOf = (last: Generation, outputTokens: number, e2eMs: number, ttftMs: number | null): Metrics => ({
  e2e_latency_ms: { value: e2eMs, unit: "ms", definition: "studio.client/generate-request" },
  ...(ttftMs === null ? {} : { ttft_ms: { value: ttftMs, unit: "ms", definition: "studio.client/first-token" } }),
  prompt_tokens: { value: last.promptTokens, unit: "tokens", definition: "sglang.generate/prompt_tokens" },
  output_tokens: { value: outputTokens, unit: "tokens", definition: "sglang.generate/completion_tokens" }
})

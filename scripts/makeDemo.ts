// Makes two run bundles, which `studio import` reads, from output recorded on real engines: the worked example
// packages/cli/demo/demo.json.gz, and the other conditions for the tests, packages/core/test/golden/recorded-demo.json.gz.
//   node scripts/makeDemo.ts RECORDED DATE
// RECORDED holds sglang-pytorch-*/demo/<condition>/<case>/{request,response}.json and the same of sglang-jax-*.
// DATE is the day of the recording (YYYY-MM-DD).
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

type Triple = readonly [logprob: number | null, id: number, text: string | null]
interface Generated {
  readonly text: string
  readonly meta_info: {
    readonly input_token_logprobs: readonly Triple[]
    readonly output_token_logprobs: readonly Triple[]
    readonly input_top_logprobs: readonly (readonly Triple[] | null)[]
    readonly output_top_logprobs: readonly (readonly Triple[] | null)[]
  }
}

const [recorded, date] = process.argv.slice(2)
if (recorded === undefined || date === undefined) {
  console.error("usage: node scripts/makeDemo.ts RECORDED DATE")
  process.exit(2)
}

const k = 5
const pytorch = { adapter: "sglang-pytorch", engine: "SGLang PyTorch", folder: "sglang-pytorch-" }
const jax = { adapter: "sglang-jax", engine: "SGLang-JAX", folder: "sglang-jax-" }
const bundles = {
  "packages/cli/demo/demo.json.gz": [
    { backend: "pytorch-float32", ...pytorch, condition: "float32" },
    { backend: "jax-float32", ...jax, condition: "float32" },
    { backend: "jax-overlap", ...jax, condition: "float32-overlap-aliased" }
  ],
  "packages/core/test/golden/recorded-demo.json.gz": [
    { backend: "jax-page16", ...jax, condition: "float32-page16" },
    { backend: "pytorch-bfloat16", ...pytorch, condition: "bfloat16" },
    { backend: "jax-bfloat16", ...jax, condition: "bfloat16" }
  ]
} as const
type RecordedArm = (typeof bundles)[keyof typeof bundles][number]
const told = [
  "attention_backend",
  "chunked_prefill_size",
  "context_length",
  "disable_overlap_schedule",
  "disable_radix_cache",
  "dtype",
  "kv_cache_dtype",
  "max_prefill_tokens",
  "max_running_requests",
  "max_total_tokens",
  "page_size",
  "random_seed",
  "tp_size"
]

const texts = tokenTexts()
for (const [file, arms] of Object.entries(bundles)) {
  const runs = arms.flatMap(armRuns)
  const packed = gzipSync(JSON.stringify({ studio_bundle: 1, runs }), { level: 9 })
  writeFileSync(new URL(`../${file}`, import.meta.url), packed)
  console.log(`${file}: ${runs.length} runs, ${packed.length} bytes`)
}

function armRuns(arm: RecordedArm) {
  const folder = armFolder(arm)
  const shared = {
    backend: arm.backend,
    adapter: arm.adapter,
    provenance: "real",
    created_at: `${date}T00:00:00.000Z`,
    tags: ["demo"],
    fingerprint: fingerprint(arm, folder)
  }
  return [
    ...numbered(folder, "-greedy").map((name) => generateRun(folder, name)),
    ...numbered(folder, "", "score-").map((name) => scoreRun(folder, name))
  ].map((run) => ({ ...shared, ...run }))
}

function generateRun(folder: string, name: string) {
  const request = read<{
    readonly input_ids: readonly number[]
    readonly sampling_params: { readonly max_new_tokens: number }
  }>(folder, `${name}-greedy`, "request")
  // Prompt logprobs come from the request that asked for nothing else, as the studio's own runs do.
  const prompt = read<Generated>(folder, `${name}-logprob`, "response").meta_info
  const { text, meta_info: output } = read<Generated>(folder, `${name}-greedy`, "response")
  const chosen = [...prompt.input_token_logprobs, ...output.output_token_logprobs]
  const top = [...prompt.input_top_logprobs, ...output.output_top_logprobs].map((row) => (row ?? []).slice(0, k))
  return {
    request: {
      generate: {
        prompt: null,
        input_ids: request.input_ids,
        max_new_tokens: request.sampling_params.max_new_tokens,
        temperature: 0,
        seed: null,
        top_logprobs: k
      }
    },
    output: { text, token_ids: output.output_token_logprobs.map(([, id]) => id) },
    traces: [
      {
        case: "prompt",
        prompt_length: prompt.input_token_logprobs.length,
        semantics: "raw",
        from: 0,
        ids: chosen.map(([, id]) => id),
        tokens: chosen.map(([, id]) => texts.get(id) ?? null),
        logprobs: chosen.map(([logprob]) => logprob),
        ranks: chosen.map(([, id], index) => rank(top[index]!, id)),
        top: {
          k,
          ids: top.map((row) => row.map(([, id]) => id)),
          logprobs: top.map((row) => row.map(([logprob]) => logprob))
        }
      }
    ]
  }
}

function scoreRun(folder: string, name: string) {
  const request = read<ScoreBody>(folder, `score-${name}`, "request")
  const asText = read<ScoreBody>(folder, `score-${name}-text`, "request")
  const { scores } = read<{ readonly scores: readonly (readonly number[])[] }>(folder, `score-${name}`, "response")
  const alone = scores.map(
    (_, index) =>
      read<{ readonly scores: readonly (readonly number[])[] }>(folder, `score-${name}-item${index + 1}`, "response")
        .scores[0]!
  )
  const { query, items, label_token_ids, apply_softmax, item_first } = request
  return {
    request: {
      score: { query, items, labels: null, label_token_ids, apply_softmax, item_first, one_by_one: true, mask: null }
    },
    score: {
      items: items.map((ids, index) => ({
        text: asText.items[index],
        input_ids: item_first ? [...ids, ...query] : [...query, ...ids]
      })),
      labels: label_token_ids.map((id) => ({ id, text: texts.get(id) ?? null })),
      scores,
      logprobs: null,
      one_by_one: alone
    }
  }
}

interface ScoreBody {
  readonly query: readonly number[]
  readonly items: readonly (readonly number[])[]
  readonly label_token_ids: readonly number[]
  readonly apply_softmax: boolean
  readonly item_first: boolean
}

function fingerprint(arm: RecordedArm, folder: string) {
  const info = read<Record<string, unknown>>(folder, "server-info", "response")
  return {
    engine: arm.engine,
    engine_version: info.version ?? null,
    commit: arm.folder === "sglang-jax-" ? (/sglang-jax-([0-9a-f]+)/.exec(folder)?.[1] ?? null) : null,
    model: "tiny-llama",
    model_revision: null,
    tokenizer_hash: null,
    device: "cpu",
    dtype: info.dtype ?? null,
    flags: Object.fromEntries(told.filter((flag) => flag in info).map((flag) => [flag, info[flag]]))
  }
}

/** Text of each token id, as the engine that returns it said. */
function tokenTexts(): ReadonlyMap<number, string> {
  const folder = armFolder({ ...jax, condition: "float32" })
  const triples = numbered(folder, "-greedy").flatMap((name) => {
    const { meta_info } = read<Generated>(folder, `${name}-greedy`, "response")
    return [
      ...meta_info.input_token_logprobs,
      ...meta_info.output_token_logprobs,
      ...meta_info.input_top_logprobs.flatMap((row) => row ?? [])
    ]
  })
  const labels = numbered(folder, "", "score-").flatMap((name) =>
    read<readonly { readonly meta_info: { readonly output_token_ids_logprobs?: readonly (readonly Triple[])[] } }[]>(
      folder,
      `score-${name}-trace`,
      "response"
    ).flatMap(({ meta_info }) => meta_info.output_token_ids_logprobs?.flat() ?? [])
  )
  return new Map([...triples, ...labels].flatMap(([, id, text]) => (text === null ? [] : [[id, text] as const])))
}

function armFolder({ folder, condition }: Pick<RecordedArm, "folder" | "condition">): string {
  const engine = readdirSync(recorded!).find((name) => name.startsWith(folder))
  return join(recorded!, engine!, "demo", condition)
}

function numbered(folder: string, suffix: string, prefix = ""): readonly string[] {
  const pattern = new RegExp(`^${prefix}(\\d+)${suffix}$`)
  return readdirSync(folder)
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .sort()
}

function read<T>(folder: string, name: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, name, `${file}.json`), "utf8")) as T
}

function rank(row: readonly Triple[], id: number): number | null {
  const index = row.findIndex((entry) => entry[1] === id)
  return index < 0 ? null : index + 1
}

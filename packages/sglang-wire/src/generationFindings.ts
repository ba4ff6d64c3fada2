import type { Finding } from "@sglang-studio/core/domain"
import type { Generation } from "./generation.ts"

/** The traps of `/generate` that a set of answers fell into. `promptOnly`: their output is not used. */
export const generationFindings = (
  answers: readonly Generation[],
  { promptOnly }: { readonly promptOnly: boolean }
): readonly Finding[] => [
  ...compileMisses(answers),
  ...cacheWarm(answers),
  ...(promptOnly ? [] : answers.flatMap(tokenList))
]

const compileMisses = (answers: readonly Generation[]): readonly Finding[] => {
  const misses = answers.reduce((sum, answer) => sum + (answer.compileMisses ?? 0), 0)
  if (misses === 0) return []
  return [
    {
      code: "compile-miss",
      severity: "info",
      message: `The server compiled ${misses} graph(s) during this run: its latencies include that. Values are not touched.`,
      evidence: { cache_miss_count: misses }
    }
  ]
}

const cacheWarm = (answers: readonly Generation[]): readonly Finding[] => {
  const cached = answers.reduce((sum, answer) => sum + answer.cachedTokens, 0)
  if (cached === 0) return []
  return [
    {
      code: "cache-warm",
      severity: "warning",
      message: `${cached} prompt tokens came from the server's prefix cache, although logprobs from position 0 were asked.`,
      evidence: { cached_tokens: cached }
    }
  ]
}

const tokenList = (answer: Generation): readonly Finding[] => {
  const { listedIds, completionTokens, output } = answer
  const found: Finding[] = []
  if (output.ids.length > completionTokens) {
    found.push({
      code: "tokens-duplicated",
      severity: "error",
      message: `The server listed ${output.ids.length} output logprobs for ${completionTokens} tokens: some are repeated.`,
      evidence: { output_token_logprobs: output.ids.length, completion_tokens: completionTokens }
    })
  }
  if (listedIds.length > completionTokens) {
    found.push({
      code: "tokens-duplicated",
      severity: "info",
      message: `output_ids repeats tokens (${listedIds.length} for ${completionTokens}); the ids here are those of the logprobs.`,
      evidence: { output_ids: listedIds.length, completion_tokens: completionTokens }
    })
  }
  if (listedIds.length < completionTokens) {
    found.push({
      code: "special-tokens-missing",
      severity: "info",
      message:
        `output_ids leaves special tokens out (${listedIds.length} of ${completionTokens}); ` +
        "the ids here are those of the logprobs.",
      evidence: { output_ids: listedIds.length, completion_tokens: completionTokens }
    })
  }
  return found
}

import type { Finding } from "@sglang-studio/core/domain"
import type { Generation } from "./generation.ts"

export const nonfiniteFinding = (keys: readonly string[]): Finding => ({
  code: "nonfinite-json",
  severity: "info",
  message: `The engine wrote Infinity or NaN, which JSON does not have, under: ${[...new Set(keys)].join(", ")}.`,
  evidence: { keys: [...new Set(keys)] }
})

/** As `nonfiniteFinding`, and a warning where logprobs that should have a value are null: orjson writes NaN so. */
export const nonfiniteLogprobs = (
  keys: readonly string[],
  answers: readonly Generation[],
  { promptOnly }: { readonly promptOnly: boolean }
): readonly Finding[] => {
  const missing = {
    input_token_logprobs: answers.reduce((sum, { prompt }) => sum + nulls(prompt.logprobs.slice(1)), 0),
    output_token_logprobs: promptOnly ? 0 : answers.reduce((sum, { output }) => sum + nulls(output.logprobs), 0)
  }
  const fields = Object.entries(missing).filter(([, count]) => count > 0)
  const told = keys.length === 0 ? [] : [nonfiniteFinding(keys)]
  if (fields.length === 0) return told
  const count = fields.reduce((sum, [, each]) => sum + each, 0)
  const lists = fields.map(([field]) => field).join(", ")
  return [
    {
      code: "nonfinite-json",
      severity: "warning",
      message: [
        ...told.map(({ message }) => message),
        `${count} logprob${count === 1 ? " is" : "s are"} no number (NaN, Infinity or null) in ${lists}: kept as no value.`
      ].join(" "),
      evidence: { keys: [...new Set(keys)], ...Object.fromEntries(fields) }
    }
  ]
}

const nulls = (values: readonly (number | null)[]): number => values.filter((value) => value === null).length

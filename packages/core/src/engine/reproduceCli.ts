import type { MaskChoice, RunRequest, ScoreInput, TokenInput } from "../domain/workload.ts"
import type { AdapterMode } from "./StudioOptions.ts"

/** The `studio` command line that asks the same of the same backend; runs in bash. A mode counts for benchmarks only. */
export const reproduceCli = (backend: string, request: RunRequest, mode?: AdapterMode): string =>
  [
    "studio",
    ...words(request, ["--backend", quote(backend)]),
    ...(mode !== undefined && "benchmark" in request ? ["--mode", mode] : [])
  ].join(" ")

/** One shell word that stands for exactly this text. */
export const quote = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

const words = (request: RunRequest, backend: readonly string[]): readonly string[] => {
  if ("score" in request) return ["score", ...backend, ...scoreWords(request.score)]
  if ("generate" in request) {
    const { prompt, inputIds, maxNewTokens, temperature, seed, topLogprobs } = request.generate
    return [
      "generate",
      ...backend,
      ...(prompt === null ? ["--input-ids", quote(JSON.stringify(inputIds))] : ["--prompt", quote(prompt)]),
      "--max-new-tokens",
      String(maxNewTokens),
      "--temperature",
      String(temperature),
      ...(seed === null ? [] : ["--seed", String(seed)]),
      "--top-logprobs",
      String(topLogprobs)
    ]
  }
  const { entrypoint, set } = request.benchmark
  const flags = Object.entries(set).flatMap(([flag, value]) => ["--set", quote(`${flag}=${String(value)}`)])
  return ["bench", quote(entrypoint), ...backend, ...flags]
}

const scoreWords = (input: ScoreInput): readonly string[] => {
  const { query, items, labels, labelTokenIds, applySoftmax, itemFirst, oneByOne, mask } = input
  return [
    ...(typeof query === "string" ? ["--query", quote(query)] : ["--query-file", file(query)]),
    ...(items.length <= mostItemWords && items.every((item) => typeof item === "string")
      ? items.flatMap((item) => ["--item", quote(item)])
      : ["--items-file", file(items)]),
    ...(labels ?? []).flatMap((label) => ["--label", quote(label)]),
    ...(labelTokenIds ?? []).flatMap((id) => ["--label-id", String(id)]),
    ...(applySoftmax ? ["--softmax"] : []),
    ...(itemFirst ? ["--item-first"] : []),
    ...(oneByOne ? ["--one-by-one"] : []),
    ...(mask === null ? [] : ["--mask", maskWord(mask)])
  ]
}

/** A command has room for so many bytes of arguments only, a file has not. */
const mostItemWords = 16

const maskWord = ({ preset, matrix }: MaskChoice): string => (preset === "custom" ? file(matrix ?? []) : preset)

const file = (value: TokenInput | readonly TokenInput[] | NonNullable<MaskChoice["matrix"]>): string =>
  `<(printf %s ${quote(JSON.stringify(value))})`

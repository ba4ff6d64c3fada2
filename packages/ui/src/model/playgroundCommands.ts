import { toWireNames } from "@sglang-studio/core/codec"
import { basePath } from "@sglang-studio/core/contract"
import type { RunRequest, TokenInput } from "@sglang-studio/core/domain"
import { shellWord } from "../base/shell.ts"

/** The requests that the page would send to this server, one per backend. */
export const curlCommand = (backends: readonly string[], request: RunRequest, origin: string): string =>
  backends
    .map((backend) => {
      const body = JSON.stringify(toWireNames({ backend, request }))
      return `curl ${origin}${basePath}/runs -H 'Content-Type: application/json' -d ${shellWord(body)}`
    })
    .join("\n")

const inputText = (input: TokenInput): string => (typeof input === "string" ? input : JSON.stringify(input))

/** The command line that does the same; backends by their configured names. */
export const cliCommand = (backends: readonly string[], request: RunRequest): string => {
  const words = backends.flatMap((backend) => ["--backend", backend])
  if ("score" in request) {
    const { query, items, labels, labelTokenIds, applySoftmax, itemFirst, oneByOne } = request.score
    words.unshift("score")
    words.push("--query", inputText(query), ...items.flatMap((item) => ["--item", inputText(item)]))
    words.push(
      ...(labels ?? []).flatMap((label) => ["--label", label]),
      ...(labelTokenIds ?? []).flatMap((id) => ["--label-id", String(id)])
    )
    words.push(
      ...(applySoftmax ? ["--softmax"] : []),
      ...(itemFirst ? ["--item-first"] : []),
      ...(oneByOne ? ["--one-by-one"] : [])
    )
  } else if ("generate" in request) {
    const { prompt, maxNewTokens, temperature, seed, topLogprobs } = request.generate
    words.unshift("generate")
    words.push(
      "--prompt",
      prompt ?? "",
      "--max-new-tokens",
      String(maxNewTokens),
      "--temperature",
      String(temperature),
      "--top-logprobs",
      String(topLogprobs)
    )
    if (seed !== null) words.push("--seed", String(seed))
  } else {
    const { entrypoint, set } = request.benchmark
    words.unshift("bench", entrypoint)
    words.push(...Object.entries(set).flatMap(([flag, value]) => ["--set", `${flag}=${value}`]))
  }
  return `studio ${words.map(shellWord).join(" ")}`
}

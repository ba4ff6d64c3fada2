import type { GenerateInput, RunRequest, ScoreInput, TokenInput } from "../domain/workload.ts"

/** One line of at most 120 characters that says what was asked. */
export const runTitle = (request: RunRequest): string => {
  if ("score" in request) return oneLine(scoreTitle(request.score))
  if ("generate" in request) return oneLine(generateTitle(request.generate))
  const { entrypoint, set } = request.benchmark
  return oneLine([entrypoint, ...Object.entries(set).map(([flag, value]) => `${flag}=${String(value)}`)].join(" "))
}

const scoreTitle = ({ query, items }: ScoreInput): string =>
  `${items.length === 1 ? "1 item" : `${items.length} items`} · ${inputText(query)}`

const generateTitle = ({ prompt, inputIds }: GenerateInput): string => prompt ?? inputText(inputIds ?? [])

const inputText = (input: TokenInput): string => (typeof input === "string" ? input : `${input.length} token ids`)

const maxLength = 120

const oneLine = (text: string): string => {
  const line = text
    .slice(0, 4 * maxLength)
    .toWellFormed()
    .replace(/\s+/gu, " ")
    .trim()
  const letters = Array.from(line)
  return letters.length <= maxLength ? line : `${letters.slice(0, maxLength - 1).join("")}…`
}

import type { RunRequest } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"

const quoted = (text: string): string =>
  `\u201c${text.length > 90 ? `${text.slice(0, 88).trimEnd()}\u2026` : text.trim()}\u201d`

/** What a run was asked, in a line. */
export const requestTitle = (request: RunRequest): string => {
  if ("score" in request) {
    const { query, items } = request.score
    return `${plural(items.length, "item")} scored with ${typeof query === "string" ? quoted(query) : plural(query.length, "query token")}`
  }
  if ("generate" in request) {
    const { prompt, inputIds, maxNewTokens } = request.generate
    return `${plural(maxNewTokens, "token")} after ${prompt !== null ? quoted(prompt) : plural(inputIds?.length ?? 0, "input token")}`
  }
  const { entrypoint, set } = request.benchmark
  const flags = Object.entries(set).map(([flag, value]) => `${flag}=${value}`)
  return `${entrypoint}${flags.length > 0 ? `, ${flags.slice(0, 4).join(" ")}` : ""}`
}

import { isApiError, type Problem } from "@sglang-studio/core/contract"

export type { Problem }

/** Whatever was thrown, as a problem to show: code, sentence, next step. */
export const toProblem = (thrown: unknown): Problem => {
  if (isApiError(thrown)) return thrown.problem
  const detail =
    typeof thrown === "object" && thrown !== null && "message" in thrown ? String(thrown.message) : String(thrown)
  return {
    type: "about:blank",
    title: "Unexpected",
    status: 0,
    detail,
    code: "unexpected",
    hint: "Reload the page; if it stays, report it with this text."
  }
}

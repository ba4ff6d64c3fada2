import { STATUS_CODES } from "node:http"
import type { Problem } from "@sglang-studio/core/contract"

/** A refusal or failure for the caller. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  more: { readonly hint?: string | null; readonly errors?: NonNullable<Problem["errors"]> } = {}
): Problem => ({
  type: `urn:sglang-studio:problem:${code}`,
  title: STATUS_CODES[status] ?? "Error",
  status,
  detail,
  code,
  hint: more.hint ?? null,
  ...(more.errors && { errors: more.errors })
})

export const problemResponse = (problem: Problem, headers: { readonly [name: string]: string } = {}): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers }
  })

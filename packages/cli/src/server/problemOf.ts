import { isStudioError } from "@sglang-studio/core"
import type { Problem } from "@sglang-studio/core/contract"
import { problem } from "./problem.ts"

/** Whatever was thrown, as a problem; a defect is logged here and told without its insides. */
export const problemOf = (error: unknown): Problem => {
  if (!isStudioError(error)) {
    console.error(error)
    return problem(500, "defect", "The studio failed to answer.", { hint: "The server's log says where." })
  }
  const { code, message, hint, path, errors } = error
  return problem(statuses[code] ?? 400, code, message, {
    hint,
    ...(errors.length > 0 ? { errors } : path !== undefined && { errors: [{ path, message }] })
  })
}

/** A code that is not here is a mistake in the request. */
const statuses: { readonly [code: string]: number } = {
  "not-found": 404,
  "unknown-backend": 404,
  "ambiguous-id": 409,
  "name-taken": 409,
  "illegal-transition": 409,
  "campaign-ended": 409,
  "campaign-not-ended": 409,
  "suite-changed": 409,
  "backend-changed": 409,
  "mock-refused": 409,
  unsupported: 409,
  io: 500,
  corrupt: 500,
  "newer-version": 500,
  defect: 500,
  unreachable: 502,
  "not-this-engine": 502,
  "not-installed": 502,
  protocol: 502,
  crashed: 502,
  "adapter-defect": 502,
  busy: 503,
  timeout: 504,
  full: 507
}

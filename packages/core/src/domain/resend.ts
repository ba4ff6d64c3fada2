import type { TokenInput } from "./workload.ts"

export const sendKinds = ["repeat", "batch-of-1", "batched", "flushed", "streamed", "permuted", "completions"] as const

/**
 * A way to send the same request again. A sound endpoint owes itself the same answer in all of them.
 *
 * - `repeat`: as it was.
 * - `batch-of-1`: every item of a score alone.
 * - `batched`: a prompt together with others in one request.
 * - `flushed`: after the prefix cache was emptied.
 * - `streamed`: as a stream instead of in one answer, or the other way round where answers are streamed anyhow.
 * - `permuted`: the items of a score in another order; the answer is put back into the order asked.
 * - `completions`: through the OpenAI-compatible route.
 */
export type SendKind = (typeof sendKinds)[number]

/** Says of a run that it sends another run's request again, to the same backend. */
export interface Resend {
  /** Id of the run that is checked. */
  readonly of: string
  readonly kind: SendKind
  /** For `batched`: the prompts that share the request, before this one. */
  readonly companions: readonly TokenInput[]
}

/** The kinds of run that can be sent in each way. */
export const sendable: { readonly [Kind in SendKind]: readonly ("score" | "generate")[] } = {
  repeat: ["score", "generate"],
  "batch-of-1": ["score"],
  batched: ["generate"],
  flushed: ["score", "generate"],
  streamed: ["generate"],
  permuted: ["score"],
  completions: ["generate"]
}

/** Each check of a divergence that the studio carries out by sending a request again, as the ways that do it. */
export const sendsOf: { readonly [action: string]: readonly SendKind[] | undefined } = {
  repeat: ["repeat"],
  "batch of 1": ["batch-of-1", "batched", "permuted"],
  "one by one": ["batch-of-1", "permuted"],
  "flush cache and retry": ["flushed"]
}

import type { Capabilities } from "../adapter/Adapter.ts"
import { type Resend, sendable, type SendKind } from "../domain/resend.ts"
import type { Run } from "../domain/run.ts"
import { runKind, type RunRequest } from "../domain/workload.ts"
import { workloadHash } from "./hashes.ts"
import { StudioError } from "./StudioError.ts"

/** Whether an adapter can send this request in this way; a repeat and another order of items need nothing of it. */
export const canSend = ({ sends = [] }: Capabilities, kind: SendKind, request: RunRequest): boolean =>
  sendable[kind].some((name) => name === runKind(request)) &&
  (kind === "repeat" || kind === "permuted" || sends.includes(kind))

interface Sender {
  readonly name: string
  readonly adapter: { readonly name: string; readonly supports: Capabilities }
}

/** Throws `StudioError`: `unsupported` where the adapter cannot, `invalid-request` where it is not that run's request. */
export const checkResend = (request: RunRequest, resend: Resend, original: Run, backend: Sender): void => {
  if (original.backend !== backend.name || original.workloadHash !== workloadHash(request))
    throw new StudioError({
      code: "invalid-request",
      message: `The run ${original.id} did not ask this of ${backend.name}.`,
      hint: "Send a run's own request again, to its own backend.",
      path: "resend.of"
    })
  const { name, supports } = backend.adapter
  if (canSend(supports, resend.kind, request)) return
  throw new StudioError({
    code: "unsupported",
    message: `The adapter ${name} cannot send a ${runKind(request)} as "${resend.kind}".`,
    hint: `It can send ${["repeat", "permuted", ...(supports.sends ?? [])].join(", ")}; a score and a generation differ in what makes sense.`,
    path: "resend.kind"
  })
}

import type { Confirmation, Divergence } from "../domain/comparison.ts"
import { sendsOf, type SendKind } from "../domain/resend.ts"
import type { ArmRecords } from "./Arms.ts"
import type { SelfCheck } from "./selfChecks.ts"

/** What is known about a divergence besides the two sides themselves. */
export interface Confirming {
  readonly checks: readonly SelfCheck[]
  readonly arms: readonly Pick<ArmRecords, "label" | "sends">[]
  /** Cases whose text was also sent as ids, and whether those agreed. */
  readonly asIds: ReadonlyMap<string, boolean>
}

/** A divergence with every suggested check that was made already: what it showed is no suggestion any more. */
export const confirmed = (divergence: Divergence, known: Confirming): Divergence => ({
  ...divergence,
  confirm: divergence.confirm.map(({ action }) => ({ action, status: statusOf(action, divergence, known) }))
})

/** Causes that say: this side differs from itself when it is asked so. All others say that it does not. */
const selfCauses: { readonly [cause: string]: readonly string[] } = {
  "batch-dependent": ["batch of 1", "one by one"],
  "cache-dependent": ["flush cache and retry"],
  unexplained: ["repeat", "batch of 1", "one by one", "flush cache and retry"]
}

const statusOf = (action: string, { cause, case: name, evidence }: Divergence, known: Confirming) => {
  if (action === "send ids instead of text") return asIdsStatus(known.asIds.get(name))
  const kinds = sendsOf[action]
  if (kinds === undefined) return "suggested"
  const isConcerned = (label: string) => !("arm" in evidence) || evidence["arm"] === label
  const made = known.checks.filter(({ kind, arm }) => kinds.some((one) => one === kind) && isConcerned(arm))
  // How far a row of a batch is off is luck: that one case is not does not speak for the others.
  const own = made.filter((check) => check.case === name && cause !== "batch-dependent")
  const checks = own.length > 0 ? own : made
  if (cause === "batch-dependent" && action === "batch of 1" && "one_by_one" in evidence) return "confirmed"
  if (checks.length === 0) return possible(kinds, known.arms) ? "suggested" : "unavailable"
  // In a cache's effect both the repeat and the flushed run have their part, whichever of them differs.
  if (cause === "cache-dependent") return "confirmed"
  const differs = checks.some(({ isOff }) => isOff)
  return differs === (selfCauses[cause] ?? []).includes(action) ? "confirmed" : "refuted"
}

const asIdsStatus = (agree: boolean | undefined): Confirmation["status"] =>
  agree === undefined ? "suggested" : agree ? "confirmed" : "refuted"

const possible = (kinds: readonly SendKind[], arms: Confirming["arms"]): boolean =>
  arms.some(({ sends }) => sends === undefined || kinds.some((kind) => sends.includes(kind)))

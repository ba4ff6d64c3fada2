import type { GateResult } from "../domain/comparison.ts"

/** What more runs of the same can settle. Anything else keeps a gate open however often its runs are repeated. */
const codes: ReadonlySet<string> = new Set([
  "underpowered",
  "regressed-size-uncertain",
  "no-ci",
  "too-few-runs",
  "limit-uncertain",
  "failures-uncertain"
])

export const isSettledByRepeats = ({ outcome, reason }: Pick<GateResult, "outcome" | "reason">): boolean =>
  outcome === "inconclusive" && codes.has(reason)

/** Whether a gate's figures and the code of its reason say the most of it; of one that is open for another reason its message does. */
export const figuresTell = (gate: Pick<GateResult, "outcome" | "reason" | "message">): boolean =>
  gate.outcome !== "inconclusive" || isSettledByRepeats(gate) || gate.message === ""

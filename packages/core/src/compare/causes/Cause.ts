import type { CauseCode } from "../../domain/causeDefinitions.ts"
import type { JsonObject } from "../../domain/json.ts"
import type { CrossMeasurement } from "../crossScoring.ts"
import type { ScoreMeasurement } from "../measureScores.ts"
import type { TokenMeasurement } from "../measureTokens.ts"
import type { SelfCheck } from "../selfChecks.ts"
import type { Side, ToleranceClass } from "../toleranceClass.ts"
import type { TraceComparison } from "../tracePairs.ts"

/** What a cause may be read from: traces, scores, probes and declared dtypes; never from who the backends are. */
export interface Evidence {
  readonly sides: readonly [Side, Side]
  readonly tolerance: ToleranceClass
  readonly tokens: TokenMeasurement | null
  readonly scores: ScoreMeasurement | null
  readonly cross: CrossMeasurement | null
  readonly selfChecks: readonly SelfCheck[]
}

/** Why two sides part, what that rests on, and the checks that would confirm it. */
export interface Explanation {
  readonly cause: CauseCode
  readonly evidence: JsonObject
  readonly confirm: readonly string[]
}

/** Null: this is not the cause, or nothing says so. */
export type CauseRule = (evidence: Evidence) => Explanation | null

/** What a token's logprob may differ by: the tolerance of the prompts, where they gave one. */
export const tokenLimit = ({ tokens, tolerance }: Pick<Evidence, "tokens" | "tolerance">): number =>
  tokens?.parity.tolerance.value ?? tolerance.row.p99

/** From here on a delta is no rounding of the class: the rules look at where such deltas lie. */
export const offFrom = ({ row }: ToleranceClass): number => (row.name === "fp32" ? row.mean : row.p99)

/** Calls `visit` for every compared position whose ids agree without a shift. */
export const eachDelta = (
  traces: readonly TraceComparison[],
  visit: (trace: TraceComparison, position: number, size: number) => void
): void => {
  for (const trace of traces) {
    if (trace.alignment.kind === "shift") continue
    const to = trace.alignment.kind === "same" ? trace.baseline.promptLength : trace.alignment.common
    for (let i = 0; i < to; i++) {
      const size = Math.abs(trace.candidate.logprobs[i]! - trace.baseline.logprobs[i]!)
      if (Number.isFinite(size)) visit(trace, i, size)
    }
  }
}

/** A value per side under the side's own name. */
export const named = <T extends number | string | null>(
  [a, b]: Evidence["sides"],
  [valueA, valueB]: readonly [T, T]
): { readonly [label: string]: T } => ({ [a.label]: valueA, [b.label]: valueB })

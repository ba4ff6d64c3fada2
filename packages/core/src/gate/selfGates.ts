import type { Measurement } from "../compare/Measurement.ts"
import { count, rule, type Ruling, short } from "./Ruling.ts"

/** An endpoint that does not agree with itself is at fault, whatever the other side says. */
export const selfGates = ({ candidates }: Measurement): readonly Ruling[] => {
  const checks = Map.groupBy(new Set(candidates.flatMap(({ selfChecks }) => selfChecks)), ({ arm }) => arm)
  return [...checks].map(([arm, own]) => {
    const off = own.filter(({ isOff }) => isOff)
    const worst = Math.max(...own.map(({ maxAbs }) => maxAbs))
    const kinds = [...new Set((off.length > 0 ? off : own).map(({ kind }) => kind))]
    const evidence = { arm, probes: kinds, max_abs_delta: worst }
    return rule(
      { name: `self-consistency:${arm}`, value: worst, margin: null },
      off.length === 0
        ? []
        : [
            {
              outcome: "fail",
              reason: {
                code: "self-inconsistent",
                message: `${arm} answers ${count(off.length, "request")} otherwise when sent again (${kinds.join(", ")}), by up to ${short(worst)}`,
                evidence
              }
            }
          ],
      { code: "self-consistent", message: `${arm} gives the same answers again (${kinds.join(", ")})`, evidence }
    )
  })
}

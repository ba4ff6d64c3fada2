import { type CauseRule, eachDelta, offFrom } from "./Cause.ts"
import { known } from "../greedyParity.ts"

/**
 * One side reports the log-softmax of logits divided by a temperature: between two tokens of one position the gap on
 * that side is the other's gap times one factor, the same everywhere.
 */
export const rawVsTemperature: CauseRule = ({ tokens, tolerance }) => {
  if (tokens === null) return null
  const fit = { n: 0, xx: 0, xy: 0, yy: 0 }
  eachDelta(tokens.traces, ({ baseline, candidate }, position) => {
    if (fit.n > enough || baseline.top === null || candidate.top === null) return
    const a = known(baseline, position)
    const b = known(candidate, position)
    const shared = [...a.keys()].filter((id) => b.has(id))
    for (const id of shared.slice(1)) {
      const x = a.get(id)! - a.get(shared[0]!)!
      const y = b.get(id)! - b.get(shared[0]!)!
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue
      fit.n++
      fit.xx += x * x
      fit.xy += x * y
      fit.yy += y * y
    }
  })
  if (fit.n < 32 || fit.xx === 0) return null
  const factor = fit.xy / fit.xx
  const residual = Math.sqrt(Math.max(0, fit.yy - factor * fit.xy) / fit.n)
  const unscaled = Math.sqrt(Math.max(0, fit.yy - 2 * fit.xy + fit.xx) / fit.n)
  if (Math.abs(factor - 1) < 0.01 || unscaled < offFrom(tolerance) || residual > 0.2 * unscaled) return null
  return {
    cause: "raw-vs-temperature",
    evidence: {
      factor,
      temperature: 1 / factor,
      gaps: fit.n,
      residual_rms: residual,
      unscaled_rms: unscaled,
      semantics: [tokens.traces[0]!.baseline.semantics, tokens.traces[0]!.candidate.semantics]
    },
    confirm: ["repeat at temperature 1"]
  }
}

/** Gaps after which the factor is known well beyond what it has to tell. */
const enough = 20_000

import type { Comparison } from "@sglang-studio/core/domain"
import { count, share, significant } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"
import { armOf, type DeltaCard } from "./DeltaCard.ts"
import { metricCards } from "./metricCards.ts"

export const deltaCards = (comparison: Comparison): readonly DeltaCard[] =>
  [...metricCards(comparison), ...scoreCards(comparison), ...tokenCards(comparison)].slice(0, 6)

const tokenCards = (comparison: Comparison): DeltaCard[] => {
  const { parity } = comparison
  if (parity === null) return []
  const arm = armOf(comparison, (label) => label === parity.candidate)
  const {
    tolerance,
    maxAbsDeltaLogprob: max,
    rmsDeltaLogprob: rms,
    meanAbsDeltaLogprob: mean,
    p99AbsDeltaLogprob: p99
  } = parity
  const cards: DeltaCard[] = []
  if (max !== null) {
    cards.push({
      ...named("max_abs_delta_logprob"),
      arm,
      value: significant(max),
      exact: `${max} nats over ${count(parity.positions)} positions; tolerance ${tolerance.value}: ${tolerance.source}`,
      remark:
        max > tolerance.value
          ? { text: `${significant(max / tolerance.value, 2)}\u00d7 tolerance`, tone: "bad" }
          : null,
      strip: null,
      plot: amountPlot(max, tolerance.value),
      foot: `p99 ${numberText(p99)} \u00b7 RMS ${numberText(rms)} \u00b7 mean ${numberText(mean)}`
    })
  }
  if (parity.top1Agreement !== null) {
    const equal = Math.round(parity.top1Agreement * parity.positions)
    cards.push({
      ...named("top1_agreement"),
      arm,
      value: share(parity.top1Agreement, equal === parity.positions ? 0 : 1),
      exact: `${count(equal)} of ${count(parity.positions)}`,
      remark: null,
      strip: null,
      plot: null,
      foot: `${count(equal)} of ${count(parity.positions)} \u00b7 greedy equal ${parity.greedy.equal}/${parity.greedy.prompts}`
    })
  }
  return cards
}

const scoreCards = (comparison: Comparison): DeltaCard[] => {
  const { scores, gates } = comparison
  if (scores === null || scores.requests === 0) return []
  const arm = armOf(comparison, (label) => label === scores.candidate)
  const margin =
    gates.find(
      (gate) => gate.value !== null && gate.margin !== null && gate.margin > 0 && gate.value === scores.maxAbsDelta
    )?.margin ?? null
  const cards: DeltaCard[] = [
    {
      ...named("rank_flips"),
      arm,
      value: `${count(scores.rankFlips)} of ${count(scores.requests)}`,
      exact: `${count(scores.rankFlips)} of ${count(scores.requests)} requests`,
      remark: scores.rankFlips > 0 ? { text: `best item ${scores.top1Flips}`, tone: "bad" } : null,
      plot: null,
      strip: scores.requests <= 60 ? { bad: scores.rankFlips, total: scores.requests } : null,
      foot: `\u03c4-b ${numberText(scores.tauB)} \u00b7 ${count(scores.items)} items`
    }
  ]
  if (scores.maxAbsDelta !== null) {
    cards.push({
      ...named("max_abs_delta"),
      arm,
      value: significant(scores.maxAbsDelta),
      exact: String(scores.maxAbsDelta),
      remark: null,
      strip: null,
      plot: margin === null ? null : amountPlot(scores.maxAbsDelta, margin),
      foot:
        scores.maxAbsDeltaOneByOne === null
          ? "as sent, in one batch"
          : `one by one ${significant(scores.maxAbsDeltaOneByOne)}`
    })
  }
  if (scores.batchedVsSingle.some((value) => value !== null)) {
    const worst = Math.max(...scores.batchedVsSingle.map((value) => value ?? 0))
    cards.push({
      ...named("batched_vs_single"),
      arm: null,
      value: significant(worst),
      exact: String(worst),
      remark: null,
      strip: null,
      plot: margin === null ? null : amountPlot(worst, margin),
      foot: { arms: scores.batchedVsSingle, unit: "" }
    })
  }
  return cards
}

const named = (name: string) => ({ name, label: metricName(name).label })

/** An amount against the most that is tolerated, on a log scale that ends a factor of 100 above it. */
const amountPlot = (value: number, tolerated: number): DeltaCard["plot"] => {
  const low = Math.log10(tolerated) - 3
  const at = (amount: number) => (amount <= 0 ? 0 : (Math.log10(amount) - low) / 4.5)
  return {
    value: at(value),
    interval: null,
    band: [0, at(tolerated)],
    zero: null,
    tone: value > tolerated ? "fail" : "pass"
  }
}

const numberText = (value: number | null): string => (value === null ? "\u2014" : significant(value))

import type { Comparison, GateResult, MetricDelta, Outcome } from "@sglang-studio/core/domain"
import { change, count, share, significant } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"

/** One figure of a comparison, ready to show. */
export interface DeltaCard {
  /** As the dictionary knows it. */
  readonly name: string
  readonly label: string
  /** Index of the candidate whose figure it is, where there are several. */
  readonly arm: number | null
  readonly value: string
  readonly exact: string
  readonly remark: { readonly text: string; readonly tone: "good" | "bad" | "plain" } | null
  /** On a scale of 0..1. */
  readonly plot: {
    readonly value: number
    readonly interval: readonly [number, number] | null
    /** What is tolerated; null where no gate says so. */
    readonly band: readonly [number, number] | null
    readonly zero: number | null
    /** Null where no gate judges it. */
    readonly tone: Outcome | null
  } | null
  /** So many of so few: drawn one by one instead. */
  readonly strip: { readonly bad: number; readonly total: number } | null
  /** Values of the arms, or what else is said of the figure. */
  readonly foot: { readonly arms: readonly (number | null)[]; readonly unit: string } | string
}

const preferred = [
  "ttft_ms.p50",
  "e2e_latency_ms.p95",
  "tpot_ms.p50",
  "output_throughput",
  "request_throughput",
  "e2e_latency_ms.p50"
]

export const deltaCards = (comparison: Comparison): readonly DeltaCard[] =>
  [...metricCards(comparison), ...scoreCards(comparison), ...tokenCards(comparison)].slice(0, 6)

/** Of two arms everything is said of the second. */
const armOf = ({ arms }: Comparison, isIt: (label: string, index: number) => boolean): number | null => {
  const at = arms.length < 3 ? -1 : arms.findIndex(({ label }, index) => index > 0 && isIt(label, index))
  return at < 0 ? null : at
}

/** What a gate judges comes before what is only shown. */
const metricCards = (comparison: Comparison): DeltaCard[] => {
  const place = (name: string): number => (preferred.includes(name) ? preferred.indexOf(name) : preferred.length)
  return comparison.metrics
    .filter(({ name, ratio }) => ratio !== null && name !== "failure_rate")
    .map((metric) => ({ metric, gate: gateOn(comparison, metric) }))
    .filter(({ metric, gate }) => gate !== null || preferred.includes(metric.name))
    .toSorted(
      (a, b) => Number(a.gate === null) - Number(b.gate === null) || place(a.metric.name) - place(b.metric.name)
    )
    .slice(0, 4)
    .map(({ metric, gate }) => ({
      ...metricCard(metric, gate),
      arm: armOf(comparison, (_, index) => isNear(metric.ratio, (metric.values[index] ?? 0) / (metric.values[0] ?? 0)))
    }))
}

/** The gate on a metric's change: named after the metric, or named with it by a reason; of several arms the one shown. */
const gateOn = ({ gates, verdict }: Comparison, { name, ratio }: MetricDelta): GateResult | null => {
  const told = new Set(
    verdict.reasons
      .filter(({ evidence }) => evidence["metric"] === name && evidence["max"] === undefined)
      .map(({ evidence }) => evidence["gate"])
  )
  const own = gates.filter((gate) => gate.name.split(":")[0] === name || told.has(gate.name))
  const off = ({ value }: GateResult): number => Math.abs((value ?? Infinity) - (ratio ?? 1))
  return own.toSorted((a, b) => off(a) - off(b))[0] ?? null
}

const isNear = (a: number | null, b: number): boolean => a !== null && Math.abs(a - b) < 1e-9

const metricCard = (metric: MetricDelta, gate: GateResult | null): Omit<DeltaCard, "arm"> => {
  const { label, better } = metricName(metric.name)
  const ratio = metric.ratio ?? 1
  return {
    name: metric.name,
    label,
    value: change(ratio),
    exact: `ratio ${ratio}`,
    remark: direction(metric),
    strip: null,
    plot: metric.interval === null ? null : ratioPlot(ratio, metric.interval, gate, better === "higher"),
    foot: { arms: metric.values, unit: metric.unit }
  }
}

/** Better or worse, where the interval lies on one side of no change. */
export const direction = ({ name, ratio, interval }: MetricDelta): { text: string; tone: "good" | "bad" } | null => {
  const { better } = metricName(name)
  if (better === null || ratio === null || interval === null || (interval[0] <= 1 && interval[1] >= 1)) return null
  const improved = ratio < 1 === (better === "lower")
  return {
    text: `${ratio < 1 ? "\u2193" : "\u2191"} ${improved ? "better" : "worse"}`,
    tone: improved ? "good" : "bad"
  }
}

// Better lies to the left on every card, so that a margin is always the right edge of its band.
const ratioPlot = (
  ratio: number,
  interval: readonly [number, number],
  gate: GateResult | null,
  higherIsBetter: boolean
): DeltaCard["plot"] => {
  const log = (value: number) => (higherIsBetter ? -Math.log(value) : Math.log(value))
  const tolerated = Math.log1p(gate?.margin ?? 0)
  const reach = Math.max(tolerated * 2, ...interval.map((end) => Math.abs(Math.log(end)) * 1.15))
  const at = (value: number) => (value / reach + 1) / 2
  const ends = interval.map((end) => at(log(end))).toSorted((a, b) => a - b)
  return {
    value: at(log(ratio)),
    interval: [ends[0] ?? 0, ends[1] ?? 1],
    band: tolerated === 0 ? null : [0, at(tolerated)],
    zero: at(0),
    tone: gate?.outcome ?? null
  }
}

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

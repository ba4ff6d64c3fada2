import type { Comparison, GateResult, MetricDelta } from "@sglang-studio/core/domain"
import { change } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"
import { armOf, type DeltaCard } from "./DeltaCard.ts"

const preferred = [
  "ttft_ms.p50",
  "e2e_latency_ms.p95",
  "tpot_ms.p50",
  "output_throughput",
  "request_throughput",
  "e2e_latency_ms.p50"
]

/** What a gate judges comes before what is only shown. */
export const metricCards = (comparison: Comparison): DeltaCard[] => {
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

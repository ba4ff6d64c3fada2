import { definitionOf, splitMetric } from "@sglang-studio/core/domain"

/** How a metric is called on screen, and which way is better. */
interface MetricName {
  readonly label: string
  readonly better: "lower" | "higher" | null
  readonly meaning: string
  /** Empty where nothing is known of it. */
  readonly unit: string
}

/** `ttft_ms.p95` becomes `TTFT P95`; an unknown name is shown as it is. */
export const metricName = (name: string): MetricName => {
  const { stem, statistic } = splitMetric(name)
  const known = definitionOf(stem)
  if (known === null) return { label: name, better: null, meaning: "", unit: "" }
  const { label, better, meaning, unit } = known
  return { label: statistic === null ? label : `${label} ${statisticName(statistic)}`, better, meaning, unit }
}

/** `p95` is written as engineers say it, `mean` stays a word. */
export const statisticName = (statistic: string): string =>
  /^p\d/.test(statistic) ? statistic.toUpperCase() : statistic

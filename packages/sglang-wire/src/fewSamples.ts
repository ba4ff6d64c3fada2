import type { Finding } from "@sglang-studio/core/domain"

const tails = [
  { suffix: "p90", p: 0.9 },
  { suffix: "p95", p: 0.95 },
  { suffix: "p99", p: 0.99 }
] as const

/** A tail percentile is fit for judging from 10/(1-p) requests on. */
export const fewSamples = (n: number): readonly Finding[] => {
  const weak = tails.filter(({ p }) => n < needed(p))
  if (weak.length === 0) return []
  return [
    {
      code: "too-few-samples",
      severity: n < needed(0.95) ? "warning" : "info",
      message: `${n} answered requests carry no judgement on ${weak.map(({ suffix, p }) => `${suffix} (needs ${needed(p)})`).join(", ")}.`,
      evidence: { n, needed: Object.fromEntries(weak.map(({ suffix, p }) => [suffix, needed(p)])) }
    }
  ]
}

const needed = (p: number): number => Math.ceil(Math.round(1e6 * (10 / (1 - p))) / 1e6)

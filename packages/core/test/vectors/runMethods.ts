import {
  benjaminiHochberg,
  bootstrapBcaMean,
  bootstrapLogRatio,
  type BootstrapMethod,
  clopperPearson,
  cost,
  harrellDavis,
  holm,
  leastMannWhitneyP,
  mannWhitney,
  nonInferiority,
  permutationTest,
  quantile,
  quantileRanks,
  readInterval,
  requestsUnderLimit,
  runsNeeded,
  signFlipTest,
  wilson
} from "../../src/math/index.ts"
import { method } from "./method.ts"

type Numbers = readonly number[]

/** Two samples of runs, and money: sections 1 and 6 of the methods. */
export const runMethods = {
  quantile_type7: method(({ x, p }: { x: Numbers; p: number }) => quantile(x, p)),
  quantile_harrell_davis: method(({ x, p }: { x: Numbers; p: number }) => harrellDavis(x, p)),
  quantile_ci_ranks: method(({ n, p, conf }: { n: number; p: number; conf: number }) => {
    const { low, high, coverage } = quantileRanks(n, p, conf)
    return { lo_rank: low, hi_rank: high, coverage }
  }),
  bootstrap_log_ratio: method(({ A, B, stat, reps, seed, method: how, conf }: BootstrapInput) => {
    const { point, interval, replicates } = bootstrapLogRatio(A, B, statistic(stat), {
      method: how.replace("_", "-") as BootstrapMethod,
      reps,
      seed,
      confidence: conf
    })
    return { first3: replicates.slice(0, 3), ci_log_ratio: interval, point }
  }),
  bootstrap_bca_mean: method(({ x, reps, seed, conf }: { x: Numbers; reps: number; seed: number; conf: number }) => {
    const bca = bootstrapBcaMean(x, { reps, seed, confidence: conf })
    return {
      theta: bca.point,
      z0: bca.bias,
      a: bca.acceleration,
      alpha1: bca.levels[0],
      alpha2: bca.levels[1],
      ci: bca.interval,
      percentile_ci: bca.percentileInterval
    }
  }),
  mann_whitney: method(({ a, b }: { a: Numbers; b: Numbers }) => {
    const { u, a12, cliffsDelta, shift, pAsymptotic, pExact } = mannWhitney(a, b)
    return {
      U_b: u,
      a12,
      cliffs_delta: cliffsDelta,
      hodges_lehmann: shift,
      p_asymptotic_cc: pAsymptotic,
      p_exact: pExact,
      p: pExact ?? pAsymptotic
    }
  }),
  mwu_min_p_two_sided_exact: method(({ n_per_arm }: { n_per_arm: number }) => leastMannWhitneyP(n_per_arm)),
  permutation_mean_diff: method(
    ({ a, b, reps, seed = 0 }: { a: Numbers; b: Numbers; reps?: number; seed?: number }) => {
      const test = permutationTest(a, b, { reps: reps ?? 10_000, seed, ...(reps === undefined ? {} : { exact: false }) })
      const { observed, p, total, extreme } = test
      return { obs: observed, p, total, extreme, hits: extreme, reps: total }
    }
  ),
  signflip_paired: method(({ d }: { d: Numbers }) => {
    const { observed, p, total, extreme } = signFlipTest(d)
    return { obs: observed, p, total, extreme }
  }),
  noninferiority_gate_run_level_log_t: method(({ a, b, margin_pct, alpha, paired }: GateInput) => {
    const gate = nonInferiority(a, b, { marginPercent: margin_pct, alpha, paired })
    const level = Math.round(100 * (1 - 2 * alpha))
    const interval = gate.interval.map(finite)
    return {
      log_ratio: finite(gate.logRatio),
      ratio: finite(Math.exp(gate.logRatio)),
      se: finite(gate.se),
      df: finite(gate.df),
      [`ci${level}_log`]: gate.reason === "no-ci" ? null : interval,
      [`ci${level}_pct`]: gate.reason === "no-ci" ? null : gate.interval.map((end) => 100 * Math.expm1(end)),
      p_noninferiority: finite(gate.p),
      verdict: gate.outcome,
      reason: gate.reason
    }
  }),
  verdict_rule: method(({ lo, hi, margin_pct }: { lo: number | null; hi: number | null; margin_pct: number }) => {
    const { outcome, reason } = readInterval(lo ?? NaN, hi ?? NaN, margin_pct)
    return { verdict: outcome, reason }
  }),
  runs_needed_per_arm: method(
    ({ run_cv, margin_pct, alpha, power }: { run_cv: number; margin_pct: number; alpha: number; power: number }) =>
      runsNeeded(run_cv, margin_pct, alpha, power)
  ),
  slo_min_queries_mlperf: method(({ p, t, c, d }: { p: number; t: number; c: number; d: number }) => {
    const under = requestsUnderLimit(p, t, c, d)
    return { min_under: under, min_total: under + t }
  }),
  slo_proportion_ci: method(({ good, n }: { good: number; n: number }) => ({
    clopper_pearson95: clopperPearson(good, n),
    wilson95: wilson(good, n)
  })),
  multiplicity: method(({ p }: { p: Numbers }) => ({ holm: holm(p), bh: benjaminiHochberg(p) })),
  cost: method((input: CostInput) => {
    const spent = cost({
      accelerators: input.accelerators,
      seconds: input.duration_s,
      usdPerAcceleratorHour: input.usd_per_accelerator_hour,
      inputTokens: input.input_tokens,
      outputTokens: input.output_tokens
    })
    return {
      accelerator_seconds: spent.acceleratorSeconds,
      usd: spent.usd,
      usd_per_mtok_output: spent.usdPerMillionOutput,
      usd_per_mtok_total: spent.usdPerMillionTotal,
      tokens_per_accelerator_second: spent.outputTokensPerAcceleratorSecond
    }
  })
}

interface BootstrapInput {
  readonly A: readonly Numbers[]
  readonly B: readonly Numbers[]
  readonly stat: string
  readonly reps: number
  readonly seed: number
  readonly method: string
  readonly conf: number
}

interface GateInput {
  readonly a: Numbers
  readonly b: Numbers
  readonly margin_pct: number
  readonly alpha: number
  readonly paired: boolean
}

interface CostInput {
  readonly accelerators: number
  readonly duration_s: number
  readonly usd_per_accelerator_hour: number
  readonly input_tokens: number
  readonly output_tokens: number
}

/** "type7 p=0.5" or "mean". */
const statistic = (name: string): ((sample: Numbers) => number) => {
  const p = /p=([\d.]+)/.exec(name)?.[1]
  return p === undefined
    ? (sample) => sample.reduce((sum, value) => sum + value, 0) / sample.length
    : (sample) => quantile(sample, Number(p)) ?? NaN
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)

import {
  changePoints,
  cusum,
  drift,
  energyDistances,
  goodput,
  latencyDefinitions,
  mean,
  noiseThreshold,
  omissionCorrection,
  pelt,
  predictionInterval,
  strongest,
  variance,
  warmupCut
} from "../../src/math/index.ts"
import { method } from "./method.ts"

type Numbers = readonly number[]

/** Histories of runs, steadiness within a run, and what latencies mean: sections 2 and 3 of the methods. */
export const historyMethods = {
  change_points_otava_0_8: method(({ series, window_len, max_pvalue, min_magnitude }: ChangePointInput) => {
    const { points, weak } = changePoints(series, { window: window_len, maxP: max_pvalue, minMagnitude: min_magnitude })
    const whole = series.length <= longestWhole ? strongest(series) : null
    return {
      change_points: points.map((point) => ({
        index: point.index,
        p: point.p,
        mean_before: point.meanBefore,
        mean_after: point.meanAfter,
        std_before: point.stdBefore,
        std_after: point.stdAfter,
        magnitude: point.magnitude
      })),
      weak_indexes: weak,
      full_series_argmax: { tau: whole?.tau ?? null, qhat: whole?.q ?? null }
    }
  }),
  edivisive_Q_matrix: method(({ series }: { series: Numbers }) => energyDistances(series)),
  cusum_tabular: method(({ x, mu, sd, k, h }: { x: Numbers; mu: number; sd: number; k: number; h: number }) => {
    const { high, low, firstAlarm } = cusum(x, { mean: mu, sd, k, h })
    return { hi: high, lo: low, first_alarm: firstAlarm }
  }),
  pelt_l2: method(({ series, penalty, min_size }: { series: Numbers; penalty: number; min_size: number }) => {
    const { changePoints, cost } = pelt(series, penalty, min_size)
    return { change_points: changePoints, cost }
  }),
  rustc_perf_iqr_threshold: method(({ history }: { history: Numbers }) => noiseThreshold(history)),
  upstream_nightly_sgl_jax_qwen3_8b_tp4_v6e: method(
    ({ series, higher_is_better }: { series: Numbers; higher_is_better: boolean }) => {
      const last = series.at(-1)!
      const before = series.slice(0, -1)
      const change = last / mean(before.slice(-5)) - 1
      const interval = predictionInterval(before)!
      return {
        cv_first6: Math.sqrt(variance(before)) / mean(before),
        rel_change_last_vs_mean_prev5: change,
        upstream_gate_5pct: (higher_is_better ? -change : change) > 0.05 ? "fail" : "pass",
        pi99_first6: interval,
        outside_pi99: last < interval[0] || last > interval[1]
      }
    }
  ),
  mser5: method(({ x, m }: { x: Numbers; m: number }) => {
    const { truncate, statistic, batches, atBound } = warmupCut(x, m)
    return {
      truncate,
      mser: statistic,
      batches,
      at_bound: atBound,
      mean_after: mean(x.slice(truncate)),
      mean_all: mean(x)
    }
  }),
  drift_mann_kendall_theil_sen: method(({ x }: { x: Numbers }) => {
    const { s, variance, z, p, slope, lag1 } = drift(x)
    return { S: s, var: variance, z, p, slope, lag1 }
  }),
  hdr_expected_interval: method(({ value, interval }: { value: number; interval: number }) =>
    omissionCorrection(value, interval)
  ),
  latency_definitions: method(({ t_intended, t_send, completion_tokens_usage, events }: StreamInput) => {
    const stream = events.map(({ t, content = "", choices = false, cum_tokens = null }) => ({
      t,
      text: content,
      isChunk: choices,
      tokens: cum_tokens
    }))
    const { sglangOpenAi, sglangNative, vllm, aiperf, studio } = latencyDefinitions(stream, {
      intended: t_intended,
      sent: t_send,
      outputTokens: completion_tokens_usage
    })
    return {
      sglang_oai_chat: sglangOpenAi,
      sglang_native_generate: sglangNative,
      vllm_chat: vllm,
      aiperf_chat: {
        ttft: aiperf.ttft,
        e2e: aiperf.e2e,
        itl_per_request: aiperf.itl,
        inter_chunk: aiperf.chunkGaps,
        ttst: aiperf.secondToken
      },
      studio_canonical: {
        ttft: studio.ttft,
        e2e: studio.e2e,
        stream_end: studio.streamEnd,
        tpot: studio.tpot,
        itl_token_weighted: studio.itl,
        inter_chunk: studio.chunkGaps,
        send_lag: studio.sendLag,
        ttft_from_intended: studio.ttftFromIntended
      }
    }
  }),
  goodput: method(({ requests, duration_s, slo }: GoodputInput) => {
    const judged = requests.map(({ ok, ...metrics }) => ({ ok, metrics }))
    const studio = goodput(judged, slo, duration_s)
    const strict = goodput(judged, slo, duration_s, "missed")
    return {
      vllm_good: studio.good,
      vllm_goodput: studio.goodput,
      aiperf_good: strict.good,
      aiperf_goodput: strict.goodput,
      studio_good: studio.good,
      attainment: studio.attainment
    }
  })
}

/** The files leave out the best split of series that are longer than this. */
const longestWhole = 60

interface ChangePointInput {
  readonly series: Numbers
  readonly window_len: number
  readonly max_pvalue: number
  readonly min_magnitude: number
}

interface StreamInput {
  readonly t_intended: number
  readonly t_send: number
  readonly completion_tokens_usage: number
  readonly events: readonly { t: number; content?: string; choices?: boolean; cum_tokens?: number }[]
}

interface GoodputInput {
  readonly requests: readonly { ok: boolean; ttft: number | null; tpot: number | null; e2e: number | null }[]
  readonly duration_s: number
  readonly slo: Readonly<Record<string, number>>
}

import { createHash } from "node:crypto"
import {
  addPair,
  bestFirst,
  bf16Round,
  bf16UlpDistance,
  bitsPerByte,
  byteAlignment,
  canonicalJson,
  divergenceClass,
  firstDivergence,
  kendallTauB,
  labelSoftmax,
  makePairStats,
  makeXoshiro,
  mcnemar,
  ndcg,
  onBf16Grid,
  perplexityDelta,
  quantile,
  rankAgreement,
  sampledKl,
  spearman,
  summarise,
  type TopK,
  toleranceSampleSize,
  topkDivergence,
  ulp,
  upperToleranceRank,
  xoshiroState
} from "../../src/math/index.ts"
import { method } from "./method.ts"

type Logprobs = Readonly<Record<string, number>>

/** Reproducibility, token and score parity: sections 0, 4, 5 and 7 of the methods. */
export const parityMethods = {
  prng_xoshiro128starstar: method(({ seed }: { seed: number }) => {
    const words = makeXoshiro(seed)
    const tens = makeXoshiro(seed)
    return {
      state: xoshiroState(seed),
      u32: Array.from({ length: 6 }, words.u32),
      int10: Array.from({ length: 12 }, () => tens.int(10))
    }
  }),
  bf16_round: method((x: number) => ({ bf16: bf16Round(x), ulp: ulp(x, "bf16"), on_grid: onBf16Grid(x) })),
  ulp: method((x: number) => ({
    bf16: ulp(x, "bf16"),
    fp16: ulp(x, "fp16"),
    e4m3: ulp(x, "e4m3"),
    fp32: ulp(x, "fp32")
  })),
  bf16_ulp_distance: method(([a, b]: readonly [number, number]) => bf16UlpDistance(a, b)),
  logprob_pair_stats: method(({ a, b }: { a: readonly (number | null)[]; b: readonly (number | null)[] }) => {
    const stats = makePairStats()
    for (const i of Array.from({ length: Math.min(a.length, b.length) }).keys())
      addPair(stats, logprob(a, i), logprob(b, i), i === 0)
    const { n, meanAbs, maxAbs, rms, bias, p99Abs } = summarise(stats)
    return {
      n,
      skipped_null: stats.skippedNull,
      both_neg_inf: stats.bothImpossible,
      support_mismatch: stats.supportMismatch,
      nan: stats.notANumber,
      mean_abs: meanAbs,
      max_abs: maxAbs,
      rms,
      bias,
      p50_abs: quantile(stats.sizes.values(), 0.5),
      p95_abs: quantile(stats.sizes.values(), 0.95),
      p99_abs: p99Abs
    }
  }),
  topk_tail_divergence: method(({ p, q }: { p: Logprobs; q: Logprobs }) => {
    const bounds = topkDivergence(topK(p), topK(q))
    return {
      shared: bounds.shared,
      kl_lb: bounds.klLowerBound,
      tv_lb: bounds.tvLowerBound,
      js_lb: bounds.jsLowerBound,
      p_tail: bounds.pTail,
      q_tail: bounds.qTail,
      mass_over_one: bounds.massOverOne,
      p_mass_outside_q_topk: bounds.pMassOutsideQ
    }
  }),
  sampled_kl_estimators: method(({ sampler, other }: { sampler: readonly number[]; other: readonly number[] }) =>
    sampledKl(sampler, other)
  ),
  topk_rank_agreement: method(
    ({ ref, other, p }: { ref: readonly number[]; other: readonly number[]; p: number }) => {
      const { jaccard, rboExt, rboMin, delta, refTop1RankInOther, reciprocalRank } = rankAgreement(ref, other, p)
      return {
        jaccard,
        rbo_ext: rboExt,
        rbo_min: rboMin,
        delta,
        ref_top1_rank_in_other: refTop1RankInOther,
        rr: reciprocalRank
      }
    }
  ),
  first_divergence: method(({ a, b }: { a: readonly number[]; b: readonly number[] }) => firstDivergence(a, b)),
  divergence_classification: method(
    ({ a, b, tok_a, tok_b, tau }: { a: Logprobs; b: Logprobs; tok_a: number; tok_b: number; tau: number }) => {
      const { gapA, gapB, swing, swingIsLowerBound, class: cls } = divergenceClass(byId(a), byId(b), tok_a, tok_b, tau)
      return { gap_a: gapA, gap_b: gapB, swing, swing_is_lower_bound: swingIsLowerBound, cls }
    }
  ),
  perplexity_delta: method(
    ({ nll_a, nll_b, group }: { nll_a: readonly number[]; nll_b: readonly number[]; group?: readonly number[] }) => {
      const delta = perplexityDelta(nll_a, nll_b, group ?? null)
      return (
        delta && {
          n: delta.n,
          ln_ratio: delta.lnRatio,
          se_iid: delta.seIid,
          ppl_a: delta.perplexityA,
          ppl_b: delta.perplexityB,
          ratio: delta.ratio,
          se_cluster: delta.seCluster,
          clusters: delta.clusters
        }
      )
    }
  ),
  label_softmax: method((logprobs: readonly number[]) => labelSoftmax(logprobs)),
  score_ranking_parity: method(
    ({ ref, other, k }: { ref: readonly number[]; other: readonly number[]; k: number }) => {
      const deltas = ref.map((score, item) => Math.abs(other[item]! - score))
      return {
        tau_b: kendallTauB(ref, other),
        top1_flip: bestFirst(ref)[0] !== bestFirst(other)[0],
        [`ndcg${k}`]: ndcg(ref, other, k),
        max_abs: Math.max(...deltas),
        mean_abs: deltas.reduce((sum, delta) => sum + delta, 0) / deltas.length,
        spearman: spearman(ref, other)
      }
    }
  ),
  mcnemar_exact: method(({ b, c }: { b: number; c: number }) => mcnemar(b, c)),
  tolerance_interval_n: method(({ content, confidence }: { content: number; confidence: number }) =>
    toleranceSampleSize(content, confidence)
  ),
  upper_tolerance_rank: method(({ n, content, confidence }: { n: number; content: number; confidence: number }) =>
    upperToleranceRank(n, content, confidence)
  ),
  byte_alignment: method((input: ByteAlignmentInput) => {
    const spans = byteAlignment(input.a.map(byteLength), input.b.map(byteLength))
    const bytes = byteLength(input.text)
    return {
      spans: spans.map(({ byteStart, byteEnd, aTokens, bTokens }) => ({
        byte_start: byteStart,
        byte_end: byteEnd,
        a_tokens: indices(aTokens),
        b_tokens: indices(bTokens),
        lp_a: sum(input.lp_a.slice(...aTokens)),
        lp_b: sum(input.lp_b.slice(...bTokens))
      })),
      bits_per_byte_a: bitsPerByte(input.lp_a, bytes),
      bits_per_byte_b: bitsPerByte(input.lp_b, bytes)
    }
  }),
  jcs_rfc8785: method((value: unknown) => {
    const canonical = canonicalJson(value)
    return { canonical, sha256: createHash("sha256").update(canonical).digest("hex") }
  })
}

interface ByteAlignmentInput {
  readonly text: string
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly lp_a: readonly number[]
  readonly lp_b: readonly number[]
}

/** Null is "no value" at the first position and "impossible" anywhere else. */
const logprob = (values: readonly (number | null)[], i: number): number => values[i] ?? (i === 0 ? NaN : -Infinity)

const topK = (logprobs: Logprobs): TopK => {
  const entries = Object.entries(logprobs)
  return {
    ids: Int32Array.from(entries, ([id]) => Number(id)),
    logprobs: Float64Array.from(entries, ([, value]) => value),
    from: 0,
    length: entries.length
  }
}

const byId = (logprobs: Logprobs): ReadonlyMap<number, number> =>
  new Map(Object.entries(logprobs).map(([id, value]) => [Number(id), value]))

const byteLength = (text: string): number => new TextEncoder().encode(text).length

const indices = ([from, to]: readonly [number, number]): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

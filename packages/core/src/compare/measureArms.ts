import type { ComparedPair } from "../domain/comparison.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"
import type { Evidence } from "./causes/Cause.ts"
import { comparability } from "./comparability.ts"
import { confirmed } from "./confirmations.ts"
import { type Continuation, splitContinuations, type SplitArms } from "./continuations.ts"
import { crossScoring } from "./crossScoring.ts"
import { findDivergences } from "./divergences.ts"
import type { CandidateMeasurement, Measurement } from "./Measurement.ts"
import { measureScores } from "./measureScores.ts"
import { measureTokens, type RunPair } from "./measureTokens.ts"
import { metricDeltas } from "./metricDeltas.ts"
import { noiseFloor } from "./noiseFloor.ts"
import { asIds, isJudged, type Pairing, pairRuns } from "./pairRuns.ts"
import { repeatsOf } from "./Repeats.ts"
import { type SelfCheck, selfChecks } from "./selfChecks.ts"
import { sideOf, toleranceClass } from "./toleranceClass.ts"
import { unfitness } from "./unfitness.ts"
import type { TraceComparison } from "./tracePairs.ts"

/**
 * Measures how far each candidate is from the first arm, the baseline. Pure. `alpha`: one-sided, on each end of the
 * metrics' intervals.
 *
 * The result says what was seen; `judge` (gate) says what it means.
 */
export const measureArms = (
  all: readonly ArmRecords[],
  { alpha = 0.05 }: { readonly alpha?: number } = {}
): Measurement => {
  const { arms, continuations } = splitContinuations(all)
  const pairings = pairRuns(arms)
  const repeats = repeatsOf(arms)
  const checks = arms.map((arm, index) =>
    selfChecks(
      arm,
      continuations.filter(({ source, scorer }) => source === index && scorer === index)
    )
  )
  const candidates = arms
    .slice(1)
    .map((_, index) => measureCandidate({ arms, pairings, continuations, checks }, index + 1))
  return {
    labels: arms.map((arm) => arm.label),
    comparability: comparability(arms, pairings),
    unfit: all.flatMap((arm) => arm.records.flatMap(({ run }) => unfitness(arm.label, run) ?? [])),
    repeats,
    metrics: metricDeltas(repeats, alpha),
    candidates,
    pairs: comparedPairs(pairings, candidates)
  }
}

interface Sorted extends SplitArms {
  readonly pairings: readonly Pairing[]
  /** By arm. */
  readonly checks: readonly (readonly SelfCheck[])[]
}

const measureCandidate = ({ arms, pairings, continuations, checks }: Sorted, index: number): CandidateMeasurement => {
  const sides = [sideOf(arms[0]!), sideOf(arms[index]!)] as const
  const tolerance = toleranceClass(sides)
  const pairs = pairings.flatMap((pairing) => runPair(pairing, index) ?? [])
  const ownChecks = [...checks[0]!, ...checks[index]!]
  const isBetween = ({ source, scorer }: Continuation) =>
    (source === 0 && scorer === index) || (source === index && scorer === 0)
  const evidence = {
    sides,
    tolerance,
    tokens: measureTokens(pairs, tolerance, noiseFloor(ownChecks)),
    scores: measureScores(pairs.filter(isJudged(pairs)), tolerance),
    cross: crossScoring(continuations.filter(isBetween)),
    selfChecks: ownChecks
  }
  const known = { checks: ownChecks, arms: [arms[0]!, arms[index]!], asIds: agreeAsIds(evidence) }
  return {
    baseline: sides[0].label,
    label: sides[1].label,
    ...evidence,
    divergences: findDivergences(evidence).map((divergence) => confirmed(divergence, known))
  }
}

/** Cases that were sent once more as ids, by name, and whether the sides agreed on those. */
const agreeAsIds = ({ tokens }: Evidence): ReadonlyMap<string, boolean> => {
  const traces = Map.groupBy(tokens?.traces ?? [], (trace) => trace.case)
  const limit = tokens?.parity.tolerance.value ?? 0
  const agree = (trace: TraceComparison) => trace.alignment.kind === "same" && trace.maxAbs <= limit
  return new Map(
    [...traces.keys()].flatMap((name) => {
      const again = traces.get(asIds(name))
      return again === undefined ? [] : [[name, again.every(agree)] as const]
    })
  )
}

const runPair = (pairing: Pairing, index: number): RunPair | null => {
  const baseline = pairing.records[0] ?? null
  const candidate = pairing.records[index] ?? null
  return hasSucceeded(baseline) && hasSucceeded(candidate) ? { case: pairing.case, baseline, candidate } : null
}

const hasSucceeded = (record: RunRecord | null): record is RunRecord => record?.run.status === "succeeded"

const comparedPairs = (
  pairings: readonly Pairing[],
  candidates: readonly CandidateMeasurement[]
): readonly ComparedPair[] => {
  const scores = Map.groupBy(
    candidates.flatMap(({ scores }) => scores?.requests ?? []),
    (request) => request.case
  )
  const traces = Map.groupBy(
    candidates.flatMap(({ tokens }) => tokens?.traces ?? []),
    (trace) => trace.case
  )
  return pairings.map((pairing) => {
    const own = scores.get(pairing.case) ?? []
    const deltas =
      pairing.kind === "score"
        ? own.flatMap((request) => request.worst?.delta ?? [])
        : (traces.get(pairing.case) ?? []).flatMap((trace) => (trace.maxAt === null ? [] : trace.maxAbs))
    return {
      case: pairing.case,
      kind: pairing.kind,
      runIds: pairing.records.map((record) => record?.run.id ?? null),
      maxAbsDelta: deltas.length === 0 ? null : Math.max(...deltas),
      rankFlip: own.some((request) => request.rankFlip)
    }
  })
}

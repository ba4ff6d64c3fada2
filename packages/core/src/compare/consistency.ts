import type { ConsistencyCheck } from "../domain/parity.ts"
import type { SendKind } from "../domain/resend.ts"
import type { ScoreResult } from "../domain/run.ts"
import { labelSoftmax } from "../math/labelSoftmax.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"
import { splitContinuations } from "./continuations.ts"
import { caseName } from "./pairRuns.ts"
import { compareScores, isApart } from "./scoreParity.ts"
import { type SelfCheck, selfChecks } from "./selfChecks.ts"
import { sideOf, toleranceClass, type ToleranceRow } from "./toleranceClass.ts"

type Name = ConsistencyCheck["name"]

/** What one side says of itself: every check of the report, in order, whether it could be made or not. */
export const consistency = (all: ArmRecords): readonly ConsistencyCheck[] => {
  const { arms, continuations } = splitContinuations([all])
  const arm = arms[0]!
  const { row } = toleranceClass([sideOf(arm)])
  const sent = selfChecks(arm, continuations)
  return questions.map(({ name, kind, within, of }) => {
    const seen = [
      ...sent.filter((check) => check.kind === kind).map(fromProbe),
      ...(within === undefined ? [] : arm.records.flatMap((record) => within(record, row) ?? []))
    ]
    return seen.length > 0
      ? answered(name, seen, of === "score" ? row.score : row.p99)
      : unasked(name, arm, kind, of, row)
  })
}

interface Question {
  readonly name: Name
  readonly kind: SelfCheck["kind"] | null
  /** What a run shows by itself. */
  readonly within?: (record: RunRecord, row: ToleranceRow) => Seen | null
  readonly of: "generate" | "score"
}

/** One observation. */
interface Seen {
  readonly case: string
  readonly runIds: readonly string[]
  readonly maxAbs: number
  readonly isOff: boolean
}

const fromProbe = ({ case: name, runIds, maxAbs, isOff }: SelfCheck): Seen => ({ case: name, runIds, maxAbs, isOff })

/** The same items, scored together and one by one. */
const singleAgainstBatch = ({ run }: RunRecord, row: ToleranceRow): Seen | null =>
  run.score === null || run.score.oneByOne === null || run.score.items.length < 2
    ? null
    : seenScores(run, { ...run.score, scores: run.score.oneByOne }, run.score, row)

/** What `/generate` says of the labels after the prompt, and what the score route makes of them. */
const generateAgainstScore = ({ run }: RunRecord, row: ToleranceRow): Seen | null => {
  const { score, request } = run
  if (score === null || score.logprobs === null || !("score" in request)) return null
  const own = score.oneByOne ?? (score.items.length === 1 ? score.scores : null)
  if (own === null) return null
  const { applySoftmax } = request.score
  const scores = score.logprobs.map((logprobs) => (applySoftmax ? labelSoftmax(logprobs) : logprobs.map(Math.exp)))
  return seenScores(run, { ...score, scores }, { ...score, scores: own }, row)
}

const seenScores = (run: RunRecord["run"], a: ScoreResult, b: ScoreResult, row: ToleranceRow): Seen => {
  const plain = { oneByOne: null }
  const { worst, broken } = compareScores("", { ...a, ...plain }, { ...b, ...plain }, row.score)
  const maxAbs = worst?.delta ?? 0
  return {
    case: caseName(run) ?? run.id,
    runIds: [run.id],
    maxAbs,
    isOff: broken !== null || isApart(a.scores, b.scores, row)
  }
}

const questions: readonly Question[] = [
  { name: "repeated", kind: "repeat", of: "generate" },
  { name: "prefill-decode", kind: "prefill", of: "generate" },
  { name: "cached-flushed", kind: "flushed", of: "generate" },
  { name: "streamed", kind: "streamed", of: "generate" },
  { name: "batched", kind: "batched", of: "generate" },
  { name: "single-multi-item", kind: "batch-of-1", within: singleAgainstBatch, of: "score" },
  { name: "permuted", kind: "permuted", of: "score" },
  { name: "generate-score", kind: null, within: generateAgainstScore, of: "score" },
  { name: "generate-completions", kind: "completions", of: "generate" }
]

const answered = (name: Name, seen: readonly Seen[], tolerance: number): ConsistencyCheck => {
  const off = seen.filter(({ isOff }) => isOff)
  const worst = (off.length > 0 ? off : seen).reduce((a, b) => (b.maxAbs > a.maxAbs ? b : a))
  return {
    name,
    outcome: off.length === 0 ? "pass" : "fail",
    reason:
      off.length === 0
        ? `the same in ${seen.length} of ${seen.length}`
        : `not the same in ${off.length} of ${seen.length}`,
    cases: new Set(seen.map((one) => one.case)).size,
    maxAbsDelta: worst.maxAbs,
    tolerance,
    worst: { case: worst.case, runIds: worst.runIds }
  }
}

const unasked = (
  name: Name,
  { label, records, probes = [], sends }: ArmRecords,
  kind: Question["kind"],
  of: Question["of"],
  row: ToleranceRow
): ConsistencyCheck => {
  const base = { name, cases: 0, maxAbsDelta: null, tolerance: of === "score" ? row.score : row.p99, worst: null }
  const failed = probes.find((probe) => probe.kind === kind)?.record.run.error
  if (failed !== undefined) {
    const outcome = failed?.code === "unsupported" ? "skipped" : "inconclusive"
    return { ...base, outcome, reason: failed?.message ?? "no answer came" }
  }
  const asked = records.filter(({ run }) => run.kind === of)
  if (asked.length === 0) return { ...base, outcome: "skipped", reason: `no case is a ${of}` }
  const [unanswered] = asked.every(({ run }) => run.status !== "succeeded") ? asked : []
  if (unanswered !== undefined)
    return { ...base, outcome: "inconclusive", reason: unanswered.run.error?.message ?? "no answer came" }
  if (isSend(kind) && sends !== undefined && !sends.includes(kind))
    return { ...base, outcome: "skipped", reason: `the adapter of ${label} cannot send a request so` }
  return { ...base, outcome: "skipped", reason: "it was not asked" }
}

const isSend = (kind: Question["kind"]): kind is SendKind => kind !== null && kind !== "prefill"

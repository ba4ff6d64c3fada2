import * as Effect from "effect/Effect"
import type { ArmRecords } from "../../compare/Arms.ts"
import { isJudged } from "../../compare/pairRuns.ts"
import { consistency } from "../../compare/consistency.ts"
import { alignIds } from "../../compare/alignIds.ts"
import type { Comparison } from "../../domain/comparison.ts"
import type { ConsistencyCheck, ConsistencyReport } from "../../domain/parity.ts"
import type { CaseSpec } from "../../domain/parityCase.ts"
import type { Run } from "../../domain/run.ts"
import type { Outcome } from "../../domain/verdict.ts"
import { compareArms } from "../../gate/compareArms.ts"
import { worstOutcome } from "../../gate/Ruling.ts"
import { newId } from "../../store/newId.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { ResolvedBackend } from "../Backends.ts"
import { compareRuns, loadArm, type Shelf } from "../compareRuns.ts"
import type { Runs } from "../Runs.ts"
import type { ParityOptions, ParityReport } from "./ParityOptions.ts"
import type { StudioError } from "../StudioError.ts"
import { type Ask, type Asker, makeAsker } from "./Asker.ts"
import { caseVerdicts } from "./caseVerdicts.ts"
import { type Answered, planNoise, planSelf, planTriage } from "./planProbes.ts"
import { continuationOf, type Question, questionAsIds, questionOf } from "./questions.ts"
import { referenceReport } from "./referenceReport.ts"

type Failure = StudioError | StoreError

/** A backend's part of a comparison, as it grows. */
interface Arm {
  readonly label: string
  readonly backend: ResolvedBackend
  /** Succeeded answers that are looked into further. */
  answered: Answered[]
  /** Everything that it was asked for its own part: answers, what scores outputs, and probes. */
  readonly runs: Run[]
}

interface Parts {
  readonly shelf: Shelf
  readonly runs: Runs
}

/** What was resolved and checked before. */
export interface ParityPlan extends Pick<ParityOptions, "tags" | "timeoutMs" | "onProgress"> {
  /** The first is the baseline; one alone is compared with itself. */
  readonly backends: readonly ResolvedBackend[]
  readonly cases: readonly CaseSpec[]
  readonly self: boolean
  readonly noiseFloor: number
  readonly reference: ResolvedBackend | null
  readonly maxNewTokens: number
}

/**
 * The parity protocol: the cases on every side (L0, L1, L3, L4), once more as ids where texts were read differently,
 * each side's outputs scored by all (L2), each side against itself, and then what differs, asked again until its cause
 * is known.
 */
export const runParity = Effect.fnUntraced(function* ({ shelf, runs }: Parts, plan: ParityPlan) {
  const tags = [`parity:${newId()}`, ...(plan.tags ?? [])]
  const asker = makeAsker(runs, { ...plan, tags })
  const arms = armsOf(plan.backends)
  const questions = plan.cases.map((spec) => questionOf(spec, plan.maxNewTokens))

  yield* askAll(asker, "asking the cases", arms, questions)
  const parted = yield* partedQuestions(shelf, arms, questions)
  yield* askAll(asker, "asking them as token ids", arms, parted)
  const all = [...questions, ...parted]
  forgetTexts(arms)
  yield* scoreOutputs(shelf, asker, arms)

  const answered = arms.flatMap((arm) => arm.answered)
  if (plan.self) yield* askProbes(asker, "checking each side", arms, planSelf(ownAnswers(arms), all))
  else yield* askProbes(asker, "measuring the noise floor", arms, planNoise(answered, plan.noiseFloor, all))

  const first = yield* compareRuns(shelf, arms.map(toCompare))
  const made = arms.flatMap((arm) => arm.runs)
  const triage = planTriage(first, answered, made)
  yield* askProbes(asker, "looking into what differs", arms, triage)
  const comparison = triage.length === 0 ? first : yield* compareRuns(shelf, arms.map(toCompare))

  const selfChecks = plan.self ? yield* selfReports(shelf, arms) : []
  const reference = plan.reference === null ? null : yield* askReference(shelf, asker, arms, plan.reference, questions)
  const pairs = arms.length === 2 ? [comparison] : yield* pairwise(shelf, arms, comparison)
  yield* shelf.store.saveCaseVerdicts(pairs.flatMap((pair) => caseVerdicts(pair, plan.cases)))
  return {
    comparison,
    levels: comparison.levels,
    runs: arms.flatMap((arm) => arm.runs),
    selfChecks,
    reference
  } satisfies ParityReport
})

/** The baseline with each candidate alone: what one of them does wrong is no other one's. */
const pairwise = Effect.fnUntraced(function* (shelf: Shelf, arms: readonly Arm[], whole: Comparison) {
  const [baseline, ...candidates] = yield* Effect.forEach(arms, (arm) => loadArm(shelf, toCompare(arm)))
  return candidates.map(({ arm }): Comparison => ({
    ...compareArms([baseline!.arm, arm]),
    id: whole.id,
    createdAt: whole.createdAt
  }))
})

const armsOf = (backends: readonly ResolvedBackend[]): readonly Arm[] => {
  const [only, second] = backends
  const both = only !== undefined && second === undefined ? [only, only] : backends
  return both.map((backend, index) => ({
    label: index > 0 && backend === only ? `${backend.name} again` : backend.name,
    backend,
    answered: [],
    runs: []
  }))
}

/** One backend alone is asked about itself once, not in both of its parts. */
const ownAnswers = (arms: readonly Arm[]): readonly Answered[] =>
  arms.filter(({ label, backend }) => label === backend.name).flatMap((arm) => arm.answered)

const toCompare = ({ label, runs }: Arm) => ({ label, runIds: runs.map(({ id }) => id) })

const askAll = Effect.fnUntraced(function* (
  asker: Asker,
  stage: Parameters<Asker["ask"]>[0],
  arms: readonly Arm[],
  questions: readonly Question[]
) {
  if (questions.length === 0) return
  const asks = arms.flatMap(({ backend }) =>
    questions.map(({ name, request }): Ask => ({ backend: backend.name, name, request }))
  )
  const answers = yield* asker.ask(stage, asks)
  for (const [index, arm] of arms.entries()) {
    const own = answers.slice(index * questions.length, (index + 1) * questions.length)
    arm.runs.push(...own)
    for (const [at, run] of own.entries())
      if (run.status === "succeeded")
        arm.answered.push({ question: questions[at]!, run, supports: arm.backend.adapter.supports })
  }
})

/** Questions whose text became other ids on some side, as the baseline's ids. */
const partedQuestions = Effect.fnUntraced(function* (
  shelf: Shelf,
  arms: readonly Arm[],
  questions: readonly Question[]
): Effect.fn.Return<readonly Question[], Failure> {
  const loaded = yield* Effect.forEach(arms, (arm) => recordsByName(shelf, arm))
  const [baseline, ...candidates] = loaded
  return questions.flatMap((question) => {
    const own = baseline?.get(question.name)
    if (own === undefined) return []
    const differs = candidates.some((candidate) =>
      candidate.get(question.name)?.traces.some((trace, index) => {
        const other = own.traces[index]
        if (other === undefined) return false
        return alignIds(other.ids, other.promptLength, trace.ids, trace.promptLength).kind !== "same"
      })
    )
    return differs ? (questionAsIds(question, own) ?? []) : []
  })
})

/** What was also sent as ids is looked into as ids only. */
const forgetTexts = (arms: readonly Arm[]): void => {
  for (const arm of arms) {
    const judge = isJudged(arm.answered.map(({ question }) => ({ case: question.name })))
    arm.answered = arm.answered.filter(({ question }) => judge({ case: question.name }))
  }
}

/** The last answer to each question, with its traces. */
const recordsByName = Effect.fnUntraced(function* (shelf: Shelf, { label, answered }: Arm) {
  const { arm } = yield* loadArm(shelf, { label, runIds: answered.map(({ run }) => run.id) })
  return new Map(arm.records.map((record, index) => [answered[index]!.question.name, record]))
})

/** What every side generated, as a prompt to all of them; equal outputs are asked once. */
const scoreOutputs = Effect.fnUntraced(function* (shelf: Shelf, asker: Asker, arms: readonly Arm[]) {
  const loaded = yield* Effect.forEach(arms, (arm) => recordsByName(shelf, arm))
  const continuations = loaded.flatMap((records) =>
    [...records].flatMap(([name, record]) => continuationOf(name, record) ?? [])
  )
  const distinct = [...new Map(continuations.map((question) => [JSON.stringify(question.request), question])).values()]
  const asks = arms.flatMap((arm) =>
    distinct.map(({ name, request }): Ask => ({ backend: arm.backend.name, name, request }))
  )
  const answers = yield* asker.ask("scoring outputs", asks)
  // An output may be more than a backend takes as a prompt; then it is not scored, and nothing else is harmed.
  for (const [index, arm] of arms.entries())
    arm.runs.push(
      ...answers
        .slice(index * distinct.length, (index + 1) * distinct.length)
        .filter(({ status }) => status === "succeeded")
    )
})

const askProbes = Effect.fnUntraced(function* (
  asker: Asker,
  stage: Parameters<Asker["ask"]>[0],
  arms: readonly Arm[],
  asks: readonly Ask[]
) {
  if (asks.length === 0) return
  const owners = new Map(arms.flatMap((arm) => arm.answered.map(({ run }) => [run.id, arm] as const)))
  const answers = yield* asker.ask(stage, asks)
  for (const run of answers) owners.get(run.resend?.of ?? "")?.runs.push(run)
})

const selfReports = Effect.fnUntraced(function* (shelf: Shelf, arms: readonly Arm[]) {
  return yield* Effect.forEach(
    arms.filter(({ label, backend }) => label === backend.name),
    Effect.fnUntraced(function* (arm) {
      const loaded: { readonly arm: ArmRecords } = yield* loadArm(shelf, toCompare(arm))
      const checks = consistency(loaded.arm)
      const report: ConsistencyReport = {
        id: newId(),
        backend: arm.backend.name,
        createdAt: new Date().toISOString(),
        systemHash: loaded.arm.records[0]?.run.systemHash ?? null,
        outcome: outcomeOf(checks),
        checks
      }
      yield* shelf.store.saveConsistencyReport(report)
      return report
    })
  )
})

/** What was not asked in any way passes nothing. */
const outcomeOf = (checks: readonly ConsistencyCheck[]): Outcome => {
  const outcomes = checks.flatMap(({ outcome }) => (outcome === "skipped" ? [] : outcome))
  return outcomes.length === 0 ? "inconclusive" : worstOutcome(outcomes)
}

const askReference = Effect.fnUntraced(function* (
  shelf: Shelf,
  asker: Asker,
  arms: readonly Arm[],
  backend: ResolvedBackend,
  questions: readonly Question[]
) {
  const trusted: Arm = { label: backend.name, backend, answered: [], runs: [] }
  yield* askAll(asker, "asking the reference", [trusted], questions)
  const sides = [trusted, ...arms.map((arm): Arm => ({ ...arm, runs: firstAnswers(arm, questions) }))]
  const comparison: Comparison = yield* compareRuns(shelf, sides.map(toCompare))
  const loaded = yield* Effect.forEach(sides, (side) => Effect.map(loadArm(shelf, toCompare(side)), ({ arm }) => arm))
  return referenceReport(loaded[0]!, loaded.slice(1), comparison.id)
})

const firstAnswers = ({ answered }: Arm, questions: readonly Question[]): Run[] =>
  answered.filter(({ question }) => questions.includes(question)).map(({ run }) => run)

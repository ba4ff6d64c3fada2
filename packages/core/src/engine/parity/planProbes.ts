import type { Comparison } from "../../domain/comparison.ts"
import type { SendKind } from "../../domain/resend.ts"
import type { Run } from "../../domain/run.ts"
import { runKind } from "../../domain/workload.ts"
import type { Capabilities } from "../../adapter/Adapter.ts"
import { canSend } from "../checkResend.ts"
import type { Ask } from "./Asker.ts"
import { companionsFor, type Question } from "./questions.ts"

/** A run of one side that may be asked again. */
export interface Answered {
  readonly question: Question
  readonly run: Run
  readonly supports: Capabilities
}

/** This run's request once more, in one way; null where its adapter cannot. */
export const askAgain = (
  { question, run, supports }: Answered,
  kind: SendKind,
  all: readonly Question[]
): Ask | null => {
  const companions = kind === "batched" ? companionsFor(question, all) : []
  if (!canSend(supports, kind, run.request) || (kind === "batched" && companions.length === 0)) return null
  return {
    backend: run.backend,
    name: question.name,
    request: run.request,
    resend: { of: run.id, kind, companions }
  }
}

/**
 * The runs again, `rounds` times: in other company, with an empty cache, and as they were, so that one round after the
 * other finds another state. Odd rounds go backwards through the cases. Of many cases some stand for all.
 */
export const planNoise = (answered: readonly Answered[], rounds: number, all: readonly Question[]): readonly Ask[] => {
  const chosen = standFor(all)
  const asked = answered.filter(({ question }) => chosen.has(question.name))
  return Array.from({ length: rounds }, (_, round) => {
    const asks = asked.flatMap((one) => {
      const wanted = wantedKinds[round % wantedKinds.length]!
      return wanted.map((kind) => askAgain(one, kind, all)).find((ask) => ask !== null) ?? []
    })
    return round % 2 === 0 ? asks.toReversed() : asks
  }).flat()
}

/** A noise floor is a rank among thousands of tokens, and more cases hardly move it. */
const mostOfKind = 16

/** Names of so many cases of each kind, evenly spread. */
const standFor = (all: readonly Question[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(all, ({ request }) => runKind(request)).values()].flatMap((ofKind) => {
      const step = Math.max(1, ofKind.length / mostOfKind)
      return Array.from({ length: Math.min(mostOfKind, ofKind.length) }, (_, k) => ofKind[Math.floor(k * step)]!.name)
    })
  )

/** Each round's kinds, best first; a repeat is always possible. */
const wantedKinds: readonly (readonly SendKind[])[] = [
  ["batched", "permuted", "repeat"],
  ["flushed", "repeat"],
  ["repeat"]
]

/** Every run in every way that its adapter can send it. */
export const planSelf = (answered: readonly Answered[], all: readonly Question[]): readonly Ask[] =>
  answered.flatMap((one) => selfKinds.flatMap((kind) => askAgain(one, kind, all) ?? []))

const selfKinds: readonly SendKind[] = [
  "repeat",
  "flushed",
  "streamed",
  "batched",
  "batch-of-1",
  "permuted",
  "completions"
]

/** What is to be looked into; left out: what parts worst, in every way that tells causes apart. */
export interface Triage {
  readonly cases?: readonly string[]
  readonly kinds?: readonly SendKind[]
}

/** The confirming checks that were not made yet, on every side. */
export const planTriage = (
  comparison: Comparison,
  answered: readonly Answered[],
  made: readonly Run[],
  { cases = worstCases(comparison), kinds = triageKinds }: Triage = {}
): readonly Ask[] => {
  const known = new Set(made.flatMap(({ resend }) => (resend === null ? [] : `${resend.of} ${resend.kind}`)))
  const all = answered.map(({ question }) => question)
  return cases.flatMap((name) =>
    answered
      .filter(({ question }) => question.name === name)
      .flatMap((one) =>
        kinds.filter((kind) => !known.has(`${one.run.id} ${kind}`)).flatMap((kind) => askAgain(one, kind, all) ?? [])
      )
  )
}

const triageKinds: readonly SendKind[] = ["repeat", "batched", "batch-of-1", "flushed"]

/** A tie is explained, and other ids are proven by themselves. */
const needsNoProbe = new Set(["near-tie", "template-mismatch", "tokenizer-mismatch", "input-truncated"])

const worstCases = ({ divergences, pairs }: Comparison): readonly string[] => {
  const names = new Set(pairs.map((pair) => pair.case))
  const parted = divergences.filter(({ cause, case: name }) => !needsNoProbe.has(cause) && names.has(name))
  return [...new Set(parted.map((divergence) => divergence.case))].slice(0, mostCases)
}

const mostCases = 4

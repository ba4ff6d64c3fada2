import type { RunEvent, RunResult } from "../../adapter/Adapter.ts"
import { showValue, type Fault } from "../../adapter/protocol/Fault.ts"
import { resultFault } from "../../adapter/protocol/resultFault.ts"
import type { RunRequest } from "../../domain/workload.ts"
import { broken, firstOf, show, type Law } from "../Law.ts"
import type { Requests, RunOperation } from "../LawOptions.ts"
import { failed, type Subject } from "../Subject.ts"
import { chunksOf } from "./traceLaws.ts"

/** What the result of each operation must look like. */
export const resultLaws = (subject: Subject): readonly Law[] => [
  resultLaw("score", "a row for each item, a column for each label, probabilities", subject, scoreProblem),
  resultLaw("generate", "output, live tokens and trace agree", subject, generateProblem),
  resultLaw("benchmark", "metrics are finite and carry unit and definition", subject, benchmarkProblem)
]

type ResultOf<O extends RunOperation> = Extract<RunResult, { readonly kind: O }>
type Judge<O extends RunOperation> = (
  result: ResultOf<O>,
  request: Requests[O],
  events: readonly RunEvent[]
) => string | null

const resultLaw = <O extends RunOperation>(
  operation: O,
  promise: string,
  { recording, requests, unavailable }: Subject,
  judge: Judge<O>
): Law => ({
  name: `${operation}: ${promise}`,
  when: () => unavailable(operation),
  check: async () => {
    const recorded = await recording(operation)
    const { events } = recorded
    const result = events.flatMap((event) => (event.type === "result" ? event.result : [])).at(-1)
    if (result === undefined) return failed(operation, recorded) ?? noResult(operation)
    const asked = { [operation]: requests[operation] } as unknown as RunRequest
    return isResultOf(operation, result)
      ? (shapeProblem(operation, resultFault(result, asked)) ?? judge(result, requests[operation], events))
      : broken({
          expected: `a result of kind "${operation}"`,
          saw: show(result.kind),
          fix: "Set `kind` to the operation that was asked for."
        })
  }
})

const isResultOf = <O extends RunOperation>(operation: O, result: RunResult): result is ResultOf<O> =>
  result.kind === operation

const shapeProblem = (operation: RunOperation, fault: Fault | null): string | null =>
  fault === null
    ? null
    : broken({
        expected: `${fault.field} of a ${operation} result to be ${fault.expected}`,
        saw: showValue(fault.value),
        fix: fixes[operation]
      })

const fixes: { readonly [O in RunOperation]: string } = {
  score:
    "Rows are items, columns are labels, both in the order of the request; a score is exp(logprob), or the softmax over the labels.",
  generate: "An output is its text and the ids of its tokens, without those of the prompt.",
  benchmark: "Leave out what the engine did not measure; its own record goes into `raw`."
}

const noResult = (operation: RunOperation): string =>
  broken({ expected: `a result of ${operation}`, saw: "none", fix: "Yield `result` as the last event." })

const scoreProblem: Judge<"score"> = ({ scores, oneByOne }, { applySoftmax, ...request }) => {
  const sums = (name: string, table: readonly (readonly number[])[]): string | null => {
    const bad = table
      .map((row) => row.reduce((sum, score) => sum + score, 0))
      .find((sum) => (applySoftmax ? Math.abs(sum - 1) > 1e-3 : sum > 1.01))
    return bad === undefined
      ? null
      : broken({
          expected: `rows of ${name} that sum to ${applySoftmax ? "1" : "at most 1"}`,
          saw: show(bad),
          fix: "With `applySoftmax` normalise over the labels, without it over the whole vocabulary."
        })
  }
  return firstOf(
    sums("scores", scores),
    oneByOne === null ? null : sums("oneByOne", oneByOne),
    (oneByOne === null) === request.oneByOne
      ? broken({
          expected: request.oneByOne ? "`oneByOne` scores, since they were asked for" : "`oneByOne: null`",
          saw: show(oneByOne),
          fix: "Send every item alone, one request in flight, when `oneByOne` is set, and only then."
        })
      : null
  )
}

const generateProblem: Judge<"generate"> = ({ output }, request, events) => {
  const live = events.flatMap((event) => (event.type === "token" ? event : []))
  const traced = chunksOf(events).flatMap((chunk) =>
    Array.from(chunk.ids).filter((_, index) => chunk.from + index >= chunk.promptLength)
  )
  const ids = output.tokenIds
  const same = (other: readonly number[]) =>
    other.length === ids.length && other.every((id, index) => id === ids[index])
  return firstOf(
    ids.length <= request.maxNewTokens
      ? null
      : broken({
          expected: `at most ${request.maxNewTokens} new tokens`,
          saw: show(ids.length),
          fix: "Pass `maxNewTokens` on; leave the prompt out of `output`."
        }),
    live.length === 0 || (same(live.map(({ id }) => id)) && live.every(({ index }, place) => index === place))
      ? null
      : broken({
          expected: `live tokens 0, 1, 2 ... with the ids ${show(ids)}`,
          saw: show(live.map(({ index, id }) => [index, id])),
          fix: "Yield a `token` for each new token, once and in order."
        }),
    traced.length === 0 || same(traced)
      ? null
      : broken({
          expected: `the trace after the prompt to have the ids ${show(ids)}`,
          saw: show(traced),
          fix: "Positions from `promptLength` on are the generated tokens."
        })
  )
}

const benchmarkProblem: Judge<"benchmark"> = ({ metrics }) => {
  const bad = Object.entries(metrics).find(([, { unit, definition }]) => unit === "" || definition === "")
  return bad === undefined
    ? null
    : broken({
        expected: "metrics with a finite value, a unit and a definition",
        saw: `${bad[0]} = ${show(bad[1])}`,
        fix: fixes.benchmark
      })
}

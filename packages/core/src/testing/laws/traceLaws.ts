import type { RunEvent } from "../../adapter/Adapter.ts"
import type { TraceChunk } from "../../domain/trace.ts"
import { broken, firstOf, show, type Law } from "../Law.ts"
import { failed, type Subject } from "../Subject.ts"

/** Token traces come in columns: equally long, in order, of natural-log probabilities. */
export const traceLaws = (operation: "score" | "generate", { recording, unavailable }: Subject): readonly Law[] => [
  {
    name: `${operation}: trace columns are equally long and in order`,
    when: async () => {
      const unable = await unavailable(operation)
      if (unable !== null) return unable
      return chunksOf((await recording(operation)).events).length === 0 ? "the backend gives no traces" : null
    },
    check: async () => {
      const recorded = await recording(operation)
      const chunks = chunksOf(recorded.events)
      return firstOf(failed(operation, recorded), ...chunks.map(chunkProblem), sequenceProblem(chunks))
    }
  }
]

export const chunksOf = (events: readonly RunEvent[]): readonly TraceChunk[] =>
  events.flatMap((event) => (event.type === "trace" ? event.chunk : []))

const chunkProblem = (chunk: TraceChunk): string | null => {
  const { ids, tokens, logprobs, ranks, top } = chunk
  const lengths = {
    ids: ids.length,
    tokens: tokens.length,
    logprobs: logprobs.length,
    ...(ranks !== null && { ranks: ranks.length }),
    ...(top !== null && { "top.ids": top.ids.length, "top.logprobs": top.logprobs.length })
  }
  const at = `trace "${chunk.case}" from ${chunk.from}`
  if (new Set(Object.values(lengths)).size > 1)
    return broken({
      expected: `columns of equal length in ${at}`,
      saw: show(lengths),
      fix: "Give every column one entry per token; null where a value is not known."
    })
  const badId = Array.from(ids).find((id) => !Number.isInteger(id) || id < 0)
  const badLogprob = Array.from(logprobs).find((logprob) => logprob !== null && logprob > 1e-3)
  const badRank = ranks?.find((rank) => rank !== null && !(Number.isInteger(rank) && rank >= 1))
  const badRow =
    top?.ids.findIndex((row, index) => row.length !== top.logprobs[index]?.length || row.length > top.k) ?? -1
  return firstOf(
    badId === undefined
      ? null
      : broken({ expected: `token ids in ${at}`, saw: show(badId), fix: "Ids are whole numbers from 0." }),
    badLogprob === undefined
      ? null
      : broken({
          expected: `natural-log probabilities in ${at}, which are never above 0`,
          saw: show(badLogprob),
          fix: "Convert what the backend gives: ln p, not p and not a logit."
        }),
    badRank === undefined
      ? null
      : broken({ expected: `ranks from 1 in ${at}`, saw: show(badRank), fix: "The most likely token has rank 1." }),
    badRow < 0
      ? null
      : broken({
          expected: `at most k alternatives with one logprob each at every position of ${at}`,
          saw: `position ${chunk.from + badRow} with ${top?.ids[badRow]?.length} ids, ${top?.logprobs[badRow]?.length} logprobs, k ${top?.k}`,
          fix: "Pair the columns of `top`, best first, and cut them to k."
        })
  )
}

/** Chunks of one case follow each other without a gap and agree on its head. */
const sequenceProblem = (chunks: readonly TraceChunk[]): string | null => {
  const seen = new Map<string, { readonly next: number; readonly promptLength: number }>()
  for (const { case: name, from, ids, promptLength } of chunks) {
    const known = seen.get(name)
    const next = known?.next ?? 0
    if (from !== next)
      return broken({
        expected: `the next chunk of trace "${name}" to begin at ${next}`,
        saw: `from ${from}`,
        fix: "Send the chunks of a case in order; `from` counts positions of the whole case."
      })
    if (known !== undefined && known.promptLength !== promptLength)
      return broken({
        expected: `every chunk of trace "${name}" to have the prompt length ${known.promptLength}`,
        saw: show(promptLength),
        fix: "`promptLength` belongs to the case, not to the chunk."
      })
    seen.set(name, { next: from + ids.length, promptLength })
  }
  return null
}

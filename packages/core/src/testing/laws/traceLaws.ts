import type { RunEvent } from "../../adapter/Adapter.ts"
import { showValue } from "../../adapter/protocol/Fault.ts"
import { traceFault } from "../../adapter/protocol/traceFault.ts"
import type { TraceChunk } from "../../domain/trace.ts"
import type { RunRequest } from "../../domain/workload.ts"
import { broken, firstOf, show, type Law } from "../Law.ts"
import type { Requests } from "../LawOptions.ts"
import { failed, type Subject } from "../Subject.ts"

/** Token traces come in columns: equally long, in order, of natural-log probabilities. */
export const traceLaws = (
  operation: "score" | "generate",
  { recording, requests, unavailable }: Subject
): readonly Law[] => [
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
      return firstOf(
        failed(operation, recorded),
        ...chunks.map((chunk) => chunkProblem(chunk, requestOf(operation, requests))),
        sequenceProblem(chunks)
      )
    }
  }
]

const requestOf = (operation: "score" | "generate", { score, generate }: Requests): RunRequest =>
  operation === "score" ? { score } : { generate }

export const chunksOf = (events: readonly RunEvent[]): readonly TraceChunk[] =>
  events.flatMap((event) => (event.type === "trace" ? event.chunk : []))

const chunkProblem = (chunk: TraceChunk, request: RunRequest): string | null => {
  const fault = traceFault(chunk, request)
  return fault === null
    ? null
    : broken({
        expected: `${fault.field} of the trace ${show(chunk.case)} from ${show(chunk.from)} to be ${fault.expected}`,
        saw: showValue(fault.value),
        fix: "Name a trace by what was asked, give every column one entry per token, ln p for a logprob and null for what is not known."
      })
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

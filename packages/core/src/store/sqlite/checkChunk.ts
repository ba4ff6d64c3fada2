import type { TraceChunk } from "../../domain/trace.ts"

/** Why an adapter's chunk cannot follow `stored` positions of its case; null when it can. */
export const chunkFault = (chunk: TraceChunk, stored: number): string | null => {
  const length = chunk.ids.length
  if (!isCount(chunk.promptLength)) return `prompt length ${chunk.promptLength} is not a count`
  if (chunk.from !== stored) return `the chunk starts at position ${chunk.from}, but ${stored} positions are stored`
  for (const [column, actual] of lengths(chunk)) {
    if (actual !== length) return `column "${column}" has ${actual} rows, but "ids" has ${length}`
  }
  const id = chunk.ids.findIndex((value) => !isInt32(value))
  if (id >= 0) return `token id ${chunk.ids[id]} at position ${chunk.from + id} is not a 32-bit integer`
  const rank = chunk.ranks?.findIndex((value) => value !== null && !(isInt32(value) && value > 0)) ?? -1
  if (rank >= 0) return `rank ${chunk.ranks?.[rank]} at position ${chunk.from + rank} is not 1 or more`
  return chunk.top === null ? null : topFault(chunk.top, chunk.from)
}

const lengths = ({ tokens, logprobs, ranks, top }: TraceChunk): readonly (readonly [string, number])[] => [
  ["tokens", tokens.length],
  ["logprobs", logprobs.length],
  ...(ranks === null ? [] : [["ranks", ranks.length] as const]),
  ...(top === null ? [] : [["top.ids", top.ids.length] as const, ["top.logprobs", top.logprobs.length] as const])
]

const topFault = ({ k, ids, logprobs }: NonNullable<TraceChunk["top"]>, from: number): string | null => {
  if (!isCount(k)) return `top.k ${k} is not a count`
  const row = ids.findIndex((alternatives, index) => {
    const paired = alternatives.length === logprobs[index]?.length
    return !paired || alternatives.length > k || !alternatives.every(isTokenId)
  })
  if (row < 0) return null
  return `position ${from + row} has ${ids[row]?.length} top ids and ${logprobs[row]?.length} top logprobs, at most ${k} each, all ids 0 or more`
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0
const isTokenId = (value: number): boolean => isInt32(value) && value >= 0
const isInt32 = (value: number): boolean => Number.isInteger(value) && value === (value | 0)

import type { TopTokens } from "@sglang-studio/core/domain"

/** Rows of a token trace as one answer of `/generate` gives them: columns of equal length. */
export interface TokenRows {
  readonly ids: readonly number[]
  readonly tokens: readonly (string | null)[]
  readonly logprobs: readonly (number | null)[]
  readonly ranks: readonly (number | null)[]
  readonly top: TopTokens | null
}

/** Tokens of which only the ids are known. */
export const rowsOfIds = (ids: readonly number[]): TokenRows => ({
  ids,
  tokens: ids.map(() => null),
  logprobs: ids.map(() => null),
  ranks: ids.map(() => null),
  top: null
})

export const firstRows = (rows: TokenRows, count: number): TokenRows => ({
  ids: rows.ids.slice(0, count),
  tokens: rows.tokens.slice(0, count),
  logprobs: rows.logprobs.slice(0, count),
  ranks: rows.ranks.slice(0, count),
  top:
    rows.top === null
      ? null
      : { ...rows.top, ids: rows.top.ids.slice(0, count), logprobs: rows.top.logprobs.slice(0, count) }
})

export const concatRows = (left: TokenRows, right: TokenRows): TokenRows => ({
  ids: [...left.ids, ...right.ids],
  tokens: [...left.tokens, ...right.tokens],
  logprobs: [...left.logprobs, ...right.logprobs],
  ranks: [...left.ranks, ...right.ranks],
  top:
    left.top === null || right.top === null
      ? null
      : {
          k: left.top.k,
          ids: [...left.top.ids, ...right.top.ids],
          logprobs: [...left.top.logprobs, ...right.top.logprobs]
        }
})

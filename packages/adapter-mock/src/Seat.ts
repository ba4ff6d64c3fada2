import type { Send } from "@sglang-studio/core/adapter"

/** What a prompt meets in the engine besides itself. */
export interface Seat {
  /** Row of the batch and rows in it. */
  readonly row: number
  readonly batch: number
  /** Whether its beginning may be found in the prefix cache: an engine that serves has nearly always seen it before. */
  readonly cached: boolean
}

/** Seats a prompt as it is sent: after its companions and those that come before it in the same request. */
export const seatOf = (send: Send | undefined, row = 0, rows = 1): Seat => {
  const companions = send?.companions.length ?? 0
  return { row: companions + row, batch: companions + rows, cached: send?.kind !== "flushed" }
}

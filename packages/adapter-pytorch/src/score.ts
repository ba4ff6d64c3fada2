import type { Context, RunEvent, ScoreRequest } from "@sglang-studio/core/adapter"
import { scoreRun, type Wire } from "@sglang-studio/sglang-wire"
import { dialect } from "./dialect.ts"

/** Scores items through `/v1/score`, with a teacher-forced trace of each. */
export const score = (wire: Wire, request: ScoreRequest, context: Context): AsyncIterable<RunEvent> =>
  scoreRun(dialect, wire, request, context)

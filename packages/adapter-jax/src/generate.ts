import type { Context, GenerateRequest, RunEvent } from "@sglang-studio/core/adapter"
import { generateRun, type Wire } from "@sglang-studio/sglang-wire"
import { dialect } from "./dialect.ts"

/** Generates through `/generate`, with prompt and output logprobs. */
export const generate = (wire: Wire, request: GenerateRequest, context: Context): AsyncIterable<RunEvent> =>
  generateRun(dialect, wire, request, context)

import { mockAdapter } from "../../packages/adapter-mock/src/index.ts"
import { parseSpec } from "../../packages/adapter-mock/src/parseSpec.ts"
import type { Backend, RunEvent, Send } from "../../packages/core/src/adapter/index.ts"
import type { RunRecord } from "../../packages/core/src/compare/Arms.ts"
import type { Fingerprint } from "../../packages/core/src/domain/fingerprint.ts"
import type { RunRequest } from "../../packages/core/src/domain/workload.ts"
import { columnsOf, concat } from "../../packages/core/src/store/sqlite/traceBlobs.ts"
import { fingerprint, run } from "../../packages/core/test/support/arms.ts"
import { idleContext } from "../idleContext.ts"

/** A mock with the only thing that a cause may be read from besides its answers: the number format it declares. */
export interface Subject {
  readonly backend: Backend
  readonly fingerprint: Fingerprint
}

export const openSubject = async (spec: string): Promise<Subject> => {
  const checked = await mockAdapter.config["~standard"].validate(parseSpec(spec))
  if (checked.issues !== undefined) throw new Error(`${spec}: ${checked.issues.map(({ message }) => message).join()}`)
  const { dtype } = checked.value
  return { backend: await mockAdapter.open(checked.value), fingerprint: fingerprint({ engine: null, dtype }) }
}

/** Asks a backend in process and keeps the answer as the store would. */
export const ask = async (
  subject: Subject,
  id: string,
  request: Exclude<RunRequest, { readonly benchmark: unknown }>,
  send?: Send
): Promise<RunRecord> => {
  const context = { ...idleContext, ...(send !== undefined && { send }) }
  const answer =
    "score" in request
      ? subject.backend.score?.(request.score, context)
      : subject.backend.generate?.(request.generate, context)
  const events: RunEvent[] = []
  for await (const event of answer ?? []) events.push(event)
  const result = events.flatMap((event) => (event.type === "result" ? event.result : []))[0]
  return {
    run: run(id, request, {
      fingerprint: subject.fingerprint,
      score: result?.kind === "score" ? result : null,
      output: result?.kind === "generate" ? result.output : null
    }),
    traces: [...Map.groupBy(events.flatMap(chunk), ({ case: name }) => name).values()].map((chunks) => {
      const { case: name, promptLength, semantics } = chunks[0]!
      return { case: name, promptLength, semantics, ...concat(chunks.map(columnsOf)) }
    })
  }
}

const chunk = (event: RunEvent) => (event.type === "trace" ? [event.chunk] : [])

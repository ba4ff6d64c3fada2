import * as fc from "fast-check"
import type { RunLogEvent, RunSeed } from "../../src/domain/event.ts"
import { runStatuses } from "../../src/domain/run.ts"
import { newId } from "../../src/store/newId.ts"

/** A seed of a benchmark run; what is not given is plain. */
export const seedOf = (given: Partial<RunSeed> = {}): RunSeed => ({
  id: newId(),
  backend: "pt",
  adapter: "mock",
  request: { benchmark: { entrypoint: "serving", set: { "num-prompts": 16 } } },
  resend: null,
  workloadHash: "sha256:00",
  provenance: "mock",
  imported: null,
  tags: [],
  reproduce: { cli: "studio bench serving", curl: null, python: null },
  ...given
})

const text = fc.string({ maxLength: 12, unit: "grapheme" })
const error = fc.option(fc.record({ code: text, message: text, hint: fc.option(text) }))
const metrics = fc.dictionary(
  fc.constantFrom("ttft_ms.p50", "output_throughput"),
  fc.record({ value: fc.double({ noNaN: true, noDefaultInfinity: true }), unit: text, definition: text })
)

const status = fc.record({ type: fc.constant("status" as const), status: fc.constantFrom(...runStatuses), error })

const anyEvent: fc.Arbitrary<RunLogEvent> = fc.oneof(
  status,
  fc.record({ type: fc.constant("created" as const), seed: fc.constant(seedOf()) }),
  fc.record({
    type: fc.constant("probed" as const),
    systemHash: text,
    fingerprint: fc.record({
      engine: fc.option(text),
      engineVersion: fc.option(text),
      commit: fc.option(text),
      model: fc.option(text),
      modelRevision: fc.option(text),
      tokenizerHash: fc.option(text),
      device: fc.option(text),
      dtype: fc.option(text),
      flags: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.constant(null)))
    })
  }),
  fc.record({ type: fc.constant("fallback" as const), code: text, message: text }),
  fc.record({
    type: fc.constant("progress" as const),
    progress: fc.record({ done: fc.nat(), total: fc.option(fc.nat()), unit: text })
  }),
  fc.record({ type: fc.constant("log" as const), line: text }),
  fc.record({
    type: fc.constant("token" as const),
    index: fc.nat(),
    id: fc.nat(),
    text: fc.option(text),
    logprob: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))
  }),
  fc.record({
    type: fc.constant("finding" as const),
    finding: fc.record({
      code: fc.constantFrom("drift" as const, "prompts-dropped" as const),
      severity: fc.constantFrom("info" as const, "warning" as const, "error" as const),
      message: text,
      evidence: fc.dictionary(text, fc.nat())
    })
  }),
  fc.record({
    type: fc.constant("artifact" as const),
    artifact: fc.record({
      name: text,
      kind: fc.constantFrom("log" as const, "raw-result" as const),
      mediaType: text,
      sizeBytes: fc.nat(),
      sha256: fc.constant("0".repeat(64))
    })
  }),
  fc.record({
    type: fc.constant("trace" as const),
    header: fc.record({
      case: text,
      promptLength: fc.nat(),
      length: fc.nat(),
      semantics: fc.constantFrom("raw" as const, "temperature" as const)
    })
  }),
  fc.record({
    type: fc.constant("result" as const),
    score: fc.constant(null),
    output: fc.option(fc.record({ text: fc.option(text), tokenIds: fc.array(fc.nat(), { maxLength: 3 }) })),
    metrics,
    rawMetrics: fc.constantFrom(null, 1, "x", [1, null], { a: { b: "NaN" } })
  }),
  fc.record({
    type: fc.constant("annotated" as const),
    tags: fc.array(text, { maxLength: 3 }),
    note: text,
    pinned: fc.boolean(),
    archived: fc.boolean()
  })
)

/** The usual course, so that later states are reached often. */
const step: fc.Arbitrary<RunLogEvent> = fc
  .constantFrom("starting" as const, "running" as const, "succeeded" as const)
  .map((next) => ({ type: "status", status: next, error: null }))

/** Calls of `append`, in order: most are legal, many are not. */
export const arbitraryAppends: fc.Arbitrary<readonly (readonly RunLogEvent[])[]> = fc.array(
  fc.array(fc.oneof({ arbitrary: anyEvent, weight: 3 }, { arbitrary: step, weight: 2 }), {
    minLength: 1,
    maxLength: 3
  }),
  { maxLength: 12 }
)

import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Redactor } from "../adapter/redact.ts"
import type { ArtifactKind } from "../domain/artifact.ts"
import type { RunLogEvent, TimedEvent } from "../domain/event.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceChunk, TraceHeader } from "../domain/trace.ts"
import type { RunStore } from "../store/RunStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import { openArtifactSink, type ArtifactSink } from "./ArtifactSink.ts"

/** Writes what one run tells into the store, in order and in batches. */
export interface RunRecorder {
  readonly redactor: Redactor
  /** Whoever adds waits while a full batch is written: a fast adapter is slowed to the store's speed. */
  readonly add: (event: RunLogEvent) => Effect.Effect<void, StoreError>
  readonly addSample: (sample: Sample) => Effect.Effect<void, StoreError>
  readonly addTrace: (chunk: TraceChunk) => Effect.Effect<void, StoreError>
  /** Never waits; above 10 000 lines between two batches the rest is counted only. */
  readonly log: (line: string) => void
  /** Opens a file of the run; a name that is taken gets a suffix. The run lists it once it is closed. */
  readonly openArtifact: (name: string, kind: ArtifactKind, mediaType: string) => Promise<ArtifactSink>
  readonly flush: Effect.Effect<void, StoreError>
  /** Writes the samples and traces that wait; what the store refuses of them is known then. */
  readonly flushMeasured: Effect.Effect<void, StoreError>
  /** Names beside which a secret was taken out; none when the adapter has told so by a finding of its own. */
  readonly untoldSecrets: () => readonly string[]
  /** Writes everything that waits, then the heads of the traces and these events, at once. */
  readonly finish: (events: readonly RunLogEvent[]) => Effect.Effect<void, StoreError>
}

export const makeRunRecorder = (store: RunStore["Service"], runId: string, redactor: Redactor): RunRecorder => {
  const writing = Semaphore.makeUnsafe(1)
  const names = new Set<string>()
  let events: TimedEvent[] = []
  let samples: Sample[] = []
  let traces: TraceChunk[] = []
  let positions = 0
  let droppedLines = 0
  let toldOfSecrets = false
  const headers = new Map<string, TraceHeader>()

  const tell = (event: RunLogEvent) => void events.push(now(event))

  // Not interruptible: what was taken out of the buffers must not be lost with whoever asked for the write.
  const alone = (write: () => Effect.Effect<void, StoreError>) =>
    writing.withPermit(Effect.suspend(write).pipe(Effect.uninterruptible))

  const writeMeasured = Effect.fnUntraced(function* () {
    if (traces.length > 0) {
      const traced = traces
      traces = []
      positions = 0
      // A chunk that the store refuses would be refused for ever: the run fails, and its end is stored without.
      yield* store.addTraces(runId, traced)
      for (const chunk of traced) headers.set(chunk.case, headerAfter(chunk))
    }
    if (samples.length > 0) {
      const measured = samples
      samples = []
      yield* store
        .addSamples(runId, measured)
        .pipe(Effect.tapError(() => Effect.sync(() => samples.unshift(...measured))))
    }
  })
  const writeEvents = Effect.fnUntraced(function* (last: readonly RunLogEvent[]) {
    if (droppedLines > 0) tell({ type: "log", line: `… ${droppedLines} lines were dropped` })
    droppedLines = 0
    const told = events
    events = []
    if (told.length + last.length > 0)
      yield* store
        .appendTold(runId, [...told, ...last.map(now)])
        .pipe(Effect.tapError(() => Effect.sync(() => events.unshift(...told))))
  })
  const flushMeasured = alone(writeMeasured)
  const flush = alone(() => Effect.andThen(writeMeasured(), () => writeEvents([])))
  const finish = Effect.fnUntraced(function* (last: readonly RunLogEvent[]) {
    yield* writeMeasured()
    yield* writeEvents([...Array.from(headers.values(), (header): RunLogEvent => ({ type: "trace", header })), ...last])
  })
  const flushWhenFull = Effect.suspend(() =>
    events.length >= batchSize ||
    samples.length >= batchSize ||
    traces.length >= batchSize ||
    positions >= mostPositions
      ? flush
      : Effect.void
  )
  const add = (event: RunLogEvent) =>
    Effect.suspend(() => {
      // Of a burst of progress only the last counts.
      if (event.type === "progress" && events.at(-1)?.event.type === "progress") events.pop()
      if (event.type === "finding" && event.finding.code === "secret-redacted") toldOfSecrets = true
      tell(event)
      return flushWhenFull
    })
  return {
    redactor,
    add,
    addSample: (sample) =>
      Effect.suspend(() => {
        samples.push(sample)
        return flushWhenFull
      }),
    addTrace: (chunk) =>
      Effect.suspend(() => {
        traces.push(chunk)
        positions += chunk.ids.length
        return flushWhenFull
      }),
    log: (line) => {
      if (events.length >= mostWaiting) droppedLines++
      else tell({ type: "log", line: redactor.text(line.slice(0, longestLine)) })
    },
    openArtifact: async (name, kind, mediaType) => {
      const sink = await openArtifactSink(store, redactor, { name: freeName(names, name), kind, mediaType })
      return {
        ...sink,
        close: async () => {
          const artifact = await sink.close()
          tell({ type: "artifact", artifact })
          return artifact
        }
      }
    },
    flush,
    flushMeasured,
    untoldSecrets: () => (toldOfSecrets ? [] : [...redactor.found]),
    finish: (last) => alone(() => finish(last))
  }
}

const now = (event: RunLogEvent): TimedEvent => ({ at: new Date().toISOString(), event })

/** Chunks of a case come in order, so that the last one says how long it is. */
const headerAfter = ({ case: name, promptLength, semantics, from, ids }: TraceChunk): TraceHeader => ({
  case: name,
  promptLength,
  length: from + ids.length,
  semantics
})

const batchSize = 256
/** Of traces, whose chunks may be of any size. */
const mostPositions = 4096
const mostWaiting = 10_000
const longestLine = 16 * 1024

const freeName = (taken: Set<string>, wanted: string): string => {
  const name = wanted.replace(/[^\w.@+-]+/gu, "_").replace(/^\.+/u, "_") || "file"
  const dot = name.lastIndexOf(".")
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""]
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${stem}-${count}${ending}`
  taken.add(free)
  return free
}

import type { ArmRecords, RunRecord } from "./Arms.ts"
import type { TraceColumns } from "../domain/traceColumns.ts"
import { caseName } from "./pairRuns.ts"

/** What one side generated, put as a prompt to a side: the same tokens, once decoded and once teacher-forced. */
export interface Continuation {
  readonly case: string
  /** Index of the arm that generated it, and of the one that scored it. */
  readonly source: number
  readonly scorer: number
  readonly runIds: readonly [string, string]
  readonly decoded: TraceColumns
  readonly scored: TraceColumns
}

/** Arms without the runs that only score what another run generated, and those by themselves. */
export interface SplitArms {
  readonly arms: readonly ArmRecords[]
  readonly continuations: readonly Continuation[]
}

/** A run that generates nothing, and whose prompt is the whole sequence of another run, scores that run's output. */
export const splitContinuations = (arms: readonly ArmRecords[]): SplitArms => {
  const sequences = Map.groupBy(arms.flatMap(generatedBy), ({ ids }) => ids)
  if (sequences.size === 0) return { arms, continuations: [] }
  const continuations: Continuation[] = []
  const asked = arms.map((arm, scorer) => ({
    ...arm,
    records: arm.records.filter((record) => {
      const scored = scoredPrompt(record)
      const sources = scored === null ? undefined : sequences.get(keyOf(scored))
      if (scored === null || sources === undefined) return true
      for (const { source, record: from, decoded } of sources)
        continuations.push({
          case: caseName(from.run) ?? from.run.id,
          source,
          scorer,
          runIds: [from.run.id, record.run.id],
          decoded,
          scored
        })
      return false
    })
  }))
  return { arms: asked, continuations }
}

interface Generated {
  readonly ids: string
  readonly source: number
  readonly record: RunRecord
  readonly decoded: TraceColumns
}

const generatedBy = ({ records }: ArmRecords, source: number): readonly Generated[] =>
  records.flatMap((record) => {
    const decoded = record.traces.find((trace) => trace.length > trace.promptLength)
    return decoded === undefined || !isGreedy(record) ? [] : { ids: keyOf(decoded), source, record, decoded }
  })

/** What is drawn at a temperature may be reported on another scale than a prompt is. */
const isGreedy = ({ run: { request } }: RunRecord): boolean =>
  "generate" in request && request.generate.temperature === 0

const scoredPrompt = ({ run: { request }, traces: [trace] }: RunRecord): TraceColumns | null =>
  "generate" in request && request.generate.maxNewTokens === 0 && trace !== undefined ? trace : null

const keyOf = ({ ids, length }: TraceColumns): string => ids.subarray(0, length).join()

import type { Json } from "../domain/json.ts"
import type { Run } from "../domain/run.ts"
import type { RunKind } from "../domain/workload.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"

/** Runs of the arms that answer the same request: the k-th of one arm with the k-th of the others. */
export interface Pairing {
  /** Names the request within the comparison: the run's `case:` tag, or kind and number. */
  readonly case: string
  readonly kind: RunKind
  readonly workloadHash: string
  /** One per arm; null where the arm lacks this request. */
  readonly records: readonly (RunRecord | null)[]
}

export const pairRuns = (arms: readonly ArmRecords[]): readonly Pairing[] =>
  groupRequests(arms).flatMap(({ name, kind, workloadHash, records }) => {
    const lengths = records.map((queue) => queue.length)
    // Repeats of a benchmark are a sample: a side that has more of them lacks nothing on the other one.
    const repeats = kind === "benchmark" && !lengths.includes(0) ? Math.min(...lengths) : Math.max(...lengths)
    return Array.from({ length: repeats }, (_, k) => ({
      case: repeats === 1 ? name : `${name}#${k + 1}`,
      kind,
      workloadHash,
      records: records.map((queue) => queue[k] ?? null)
    }))
  })

/** One request and every run that answers it, by arm. */
export interface RequestGroup {
  readonly name: string
  readonly kind: RunKind
  readonly workloadHash: string
  readonly records: readonly (readonly RunRecord[])[]
}

export const groupRequests = (arms: readonly ArmRecords[]): readonly RequestGroup[] => {
  const byArm = arms.map((arm) => Map.groupBy(arm.records, (record) => record.run.workloadHash))
  const hashes = [...new Set(arms.flatMap((arm) => arm.records.map((record) => record.run.workloadHash)))]
  const counters = new Map<string, number>()
  return hashes.map((workloadHash) => {
    const records = byArm.map((groups) => groups.get(workloadHash) ?? [])
    const first = records.find((queue) => queue.length > 0)![0]!.run
    return { name: caseName(first) ?? numbered(first.kind, counters), kind: first.kind, workloadHash, records }
  })
}

/** The name of a case whose text was sent once more as the baseline's token ids, since the sides read it differently. */
export const asIds = (name: string): string => `${name} (as ids)`

/** What was also sent as ids says only that the texts become other ids; everything else is judged on the ids. */
export const isJudged = (
  pairs: readonly { readonly case: string }[]
): ((pair: { readonly case: string }) => boolean) => {
  const names = new Set(pairs.map((pair) => pair.case))
  return (pair) => !names.has(asIds(pair.case))
}

export const isWhole = (pairing: Pairing): boolean => pairing.records.every((record) => record !== null)

export const requestJson = (record: RunRecord): Json => JSON.parse(JSON.stringify(record.run.request))

/** The name that whoever asked gave to the request. */
export const caseName = ({ tags }: Pick<Run, "tags">): string | null =>
  tags.find((tag) => tag.startsWith("case:"))?.slice("case:".length) ?? null

const numbered = (kind: RunKind, counters: Map<string, number>): string => {
  const number = (counters.get(kind) ?? 0) + 1
  counters.set(kind, number)
  return `${kind}-${String(number).padStart(2, "0")}`
}

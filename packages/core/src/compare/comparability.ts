import type { Comparability, ConfigDifference } from "../domain/comparison.ts"
import type { Fingerprint } from "../domain/fingerprint.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"
import { jsonDifferences, sameJson } from "./jsonDifferences.ts"
import { isWhole, type Pairing, requestJson } from "./pairRuns.ts"

/**
 * Whether the arms answer the same requests on systems that differ only on purpose.
 *
 * `refused`: no request is answered by every arm. `flagged`: some are not, or an undeclared factor differs.
 */
export const comparability = (arms: readonly ArmRecords[], pairings: readonly Pairing[]): Comparability => {
  const requests = requestDifferences(arms, pairings)
  const systems = fingerprintDifferences(arms)
  const outcome = !pairings.some(isWhole)
    ? "refused"
    : requests.length > 0 || systems.some((difference) => !difference.declared)
      ? "flagged"
      : "comparable"
  return { outcome, differences: [...requests, ...systems] }
}

/** Requests that some arm lacks: set beside the closest request of the others, or named as missing. */
const requestDifferences = (arms: readonly ArmRecords[], pairings: readonly Pairing[]): readonly ConfigDifference[] => {
  const lone = pairings.filter((pairing) => !isWhole(pairing))
  const left = arms.map((_, arm) => lone.flatMap((pairing) => pairing.records[arm] ?? []))
  const [baseline = [], ...candidates] = left
  const taken = new Set<RunRecord>()
  const matched = baseline.flatMap((record) => {
    const partners = candidates.map((records) =>
      closest(
        record,
        records.filter((other) => !taken.has(other))
      )
    )
    if (partners.some((partner) => partner === null)) return []
    const side = [record, ...partners.flatMap((partner) => partner ?? [])]
    for (const one of side) taken.add(one)
    return jsonDifferences("request", side.map(requestJson))
  })
  const missing = lone
    .filter((pairing) => !pairing.records.some((record) => record !== null && taken.has(record)))
    .map((pairing) => ({
      path: `runs.${pairing.case}`,
      values: pairing.records.map((record) => record?.run.id ?? null)
    }))
  return [...merged(matched), ...missing].map(({ path, values }) => ({ path, values, declared: false }))
}

const closest = (record: RunRecord, others: readonly RunRecord[]): RunRecord | null => {
  const distances = others
    .filter((other) => other.run.kind === record.run.kind)
    .map((other) => ({ other, count: jsonDifferences("", [record, other].map(requestJson)).length }))
  return distances.sort((a, b) => a.count - b.count)[0]?.other ?? null
}

/** The same field can differ in many requests; its first difference stands for all. */
const merged = <T extends { readonly path: string }>(differences: readonly T[]): readonly T[] =>
  [...new Map(differences.toReversed().map((difference) => [difference.path, difference])).values()].toReversed()

/** What a comparison may be about: the engine, its build, the device and the number format. */
const declaredFactors = new Set<keyof Fingerprint>(["engine", "engineVersion", "commit", "device", "dtype"])

/** Where a process listens and what it is called on its machine says nothing about what it computes. */
const incidentalFlags =
  /(^|_)(host|port|url|path|dir|file|log|name|api_key|pid|id|time)(_|$)|^(nccl|dist_init)_|(_port|_seed|_level|_interval)$/

const fingerprintDifferences = (arms: readonly ArmRecords[]): readonly ConfigDifference[] => {
  const prints = arms.flatMap(
    (arm) => arm.records.find((record) => record.run.fingerprint !== null)?.run.fingerprint ?? []
  )
  if (prints.length < arms.length) return []
  const { flags: _, ...fields } = prints[0]!
  const named = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) =>
    jsonDifferences(
      `fingerprint.${field}`,
      prints.map((print) => print[field])
    ).map(({ path, values }) => ({
      path: path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      values,
      declared: declaredFactors.has(field)
    }))
  )
  const sameEngine = prints.every((print) => print.engine === prints[0]!.engine)
  return [
    ...named.filter(isKnown),
    ...flagDifferences(
      prints.map((print) => print.flags),
      sameEngine
    )
  ]
}

/** Flags that the engines share. Two engines resolve their flags each in its own way: that goes with the engine. */
const flagDifferences = (flags: readonly JsonObject[], sameEngine: boolean): readonly ConfigDifference[] =>
  Object.keys(flags[0]!)
    .filter((flag) => !incidentalFlags.test(flag))
    .filter((flag) => flags.every((arm) => flag in arm))
    .map((flag) => ({
      path: `fingerprint.flags.${flag}`,
      values: flags.map((arm) => arm[flag]!),
      declared: !sameEngine
    }))
    .filter(({ values }) => values.some((value) => !sameJson(value, values[0]!)))

/** A backend that does not say is not a backend that differs. */
const isKnown = ({ values }: { readonly values: readonly Json[] }): boolean => values.every((value) => value !== null)

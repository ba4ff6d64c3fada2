import type { RunSummary } from "@sglang-studio/core/domain"

/** The key metric of one backend's runs of the same workload among those of a page, oldest first. */
export interface KeyTrail {
  readonly ids: readonly string[]
  readonly values: readonly number[]
}

type Keyed = Pick<RunSummary, "id" | "backend" | "workloadHash" | "keyMetric">

/** The trail that each run is part of, by its id; a run alone has none. `runs` are the newest first. */
export const keyTrails = (runs: readonly Keyed[]): ReadonlyMap<string, KeyTrail> => {
  const alike = Map.groupBy(
    runs.toReversed().filter(({ keyMetric }) => keyMetric !== null),
    ({ backend, workloadHash, keyMetric }) => `${backend} ${workloadHash} ${keyMetric?.name}`
  )
  const trails = [...alike.values()]
    .filter((own) => own.length > 1)
    .map((own) => ({ ids: own.map(({ id }) => id), values: own.flatMap(({ keyMetric }) => keyMetric?.value ?? []) }))
  return new Map(trails.flatMap((trail) => trail.ids.map((id) => [id, trail] as const)))
}

import type { Arm, RunSummary } from "@sglang-studio/core/domain"
import { shortId } from "../../base/format.ts"

/** Marked runs as arms: one per backend, in the order of marking; runs of a single backend stand one by one. */
export const armsOf = (runs: readonly Pick<RunSummary, "id" | "backend">[]): readonly Arm[] => {
  const backends = [...new Set(runs.map((run) => run.backend))]
  if (backends.length < 2) return runs.map((run) => ({ label: `${run.backend}-${shortId(run.id)}`, runIds: [run.id] }))
  return backends.map((backend) => ({
    label: backend,
    runIds: runs.filter((run) => run.backend === backend).map((run) => run.id)
  }))
}

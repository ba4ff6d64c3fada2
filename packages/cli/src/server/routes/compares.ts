import type { Studio } from "@sglang-studio/core"
import type { Arm } from "@sglang-studio/core/domain"
import type { Handlers } from "../handlers.ts"

export const compareHandlers = (studio: Studio) =>
  ({
    compare: async ({ arms, runIds = [] }) => studio.compare({ arms: arms ?? (await armsOf(studio, runIds)) }),
    listComparisons: async () => ({ items: await studio.comparisons.list() }),
    getComparison: ({ id }) => studio.comparisons.get(id),
    confirmComparison: ({ id, ...options }) => studio.comparisons.confirm(id, options)
  }) satisfies Partial<Handlers>

/** One run per arm, named after its backend; where backends repeat, the run's id tells them apart. */
const armsOf = async (studio: Studio, ids: readonly string[]): Promise<readonly Arm[]> => {
  const runs = await Promise.all(ids.map((id) => studio.runs.get(id)))
  return runs.map(({ id, backend }) => {
    const repeated = runs.filter((other) => other.backend === backend).length > 1
    return { label: repeated ? `${backend} ${id}` : backend, runIds: [id] }
  })
}

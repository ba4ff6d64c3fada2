import type { Baseline } from "../../domain/baseline.ts"
import { cellKey } from "../../domain/plan.ts"
import { newId } from "../newId.ts"
import type { BaselineQuery } from "../RunStore.ts"
import type { Database } from "./Database.ts"
import { readObject } from "./json.ts"
import { sql } from "./sql.ts"

/** Each takes the place of the one in use, which is kept. */
export const promoteBaselines = (
  db: Database,
  promoted: readonly Omit<Baseline, "id" | "promotedAt" | "supersededAt">[],
  at: string
): readonly Baseline[] =>
  promoted.map((one) => {
    const place = `${cellKey(one.case, one.point)}/${one.backend}`
    const baseline: Baseline = { ...one, id: newId(), promotedAt: at, supersededAt: null }
    db.run(
      sql
        .updateTable("baselines")
        .set({ superseded_at: at })
        .where("suite", "=", one.suite)
        .where("name", "=", one.name)
        .where("place", "=", place)
        .where("superseded_at", "is", null)
    )
    db.run(
      sql.insertInto("baselines").values({
        id: baseline.id,
        suite: one.suite,
        name: one.name,
        place,
        superseded_at: null,
        body: JSON.stringify(baseline)
      })
    )
    return baseline
  })

/** Newest first. */
export const listBaselines = (
  db: Database,
  { suite, name, superseded = false }: BaselineQuery
): readonly Baseline[] => {
  let query = sql.selectFrom("baselines").select(["id", "superseded_at", "body"]).orderBy("ordinal", "desc")
  if (suite !== undefined) query = query.where("suite", "=", suite)
  if (name !== undefined) query = query.where("name", "=", name)
  if (!superseded) query = query.where("superseded_at", "is", null)
  return db.all(query).map(({ id, superseded_at, body }) => ({
    ...readObject<Baseline>(body, `baseline ${id}`),
    supersededAt: superseded_at
  }))
}

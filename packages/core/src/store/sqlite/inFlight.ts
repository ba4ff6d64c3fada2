import type { NotNull } from "kysely"
import type { Owner } from "../RunStore.ts"
import { isAlive } from "../owner.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { appendEvents } from "./writeRuns.ts"
import { sql } from "./sql.ts"

/** Ends the runs of dead processes. */
export const interruptOrphans = (db: Database, at: string): readonly string[] => {
  const owned = db.all(
    sql
      .selectFrom("in_flight")
      .innerJoin("runs", "runs.ordinal", "in_flight.run")
      .select(["id", "owner_pid as pid", "owner_started_at as startedAt"])
      .where("owner_pid", "is not", null)
      .where("owner_started_at", "is not", null)
      .$narrowType<{ pid: NotNull; startedAt: NotNull }>()
      .orderBy("ordinal")
  )
  const orphans = owned.filter((owner) => !isAlive(owner))
  for (const { id, pid } of orphans) {
    const error = {
      code: "interrupted",
      message: `The process that executed it (pid ${pid}) ended`,
      hint: "Repeat the run."
    }
    appendEvents(db, id, [{ at, event: { type: "status", status: "interrupted", error } }])
  }
  return orphans.map(({ id }) => id)
}

/** Sets the mark that the owner looks for; a run that has finished is left as it is. */
export const requestCancel = (db: Database, runId: string): void => {
  const run = ordinalOf(db, runId)
  db.run(sql.updateTable("in_flight").set({ cancel_requested: 1 }).where("run", "=", run))
}

export const cancelRequests = (db: Database, owner: Owner): readonly string[] =>
  db
    .all(
      sql
        .selectFrom("in_flight")
        .innerJoin("runs", "runs.ordinal", "in_flight.run")
        .select("id")
        .where("cancel_requested", "=", 1)
        .where("owner_pid", "=", owner.pid)
        .where("owner_started_at", "=", owner.startedAt)
        .orderBy("ordinal")
    )
    .map((row) => row.id)

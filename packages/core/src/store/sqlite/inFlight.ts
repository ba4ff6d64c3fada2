import type { Owner } from "../RunStore.ts"
import { isAlive } from "../owner.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { appendEvents } from "./runs.ts"

/**
 * Ends the runs of dead processes. Who is dead is asked again under the write lock by way of the run still being in
 * flight, so that two processes that clean up at once end each run once.
 */
export const interruptOrphans = (db: Database, at: string): readonly string[] => {
  const owned = db.all(
    db.sql
      .selectFrom("in_flight")
      .innerJoin("runs", "runs.ordinal", "in_flight.run")
      .select(["id", "owner_pid", "owner_started_at"])
      .where("owner_pid", "is not", null)
      .orderBy("ordinal")
  )
  return owned.flatMap(({ id, owner_pid, owner_started_at }) => {
    if (owner_pid === null || owner_started_at === null) return []
    const owner = { pid: owner_pid, startedAt: owner_started_at }
    return isAlive(owner) || !interrupt(db, id, owner, at) ? [] : [id]
  })
}

/** Sets the mark that the owner looks for; a run that has finished is left as it is. */
export const requestCancel = (db: Database, runId: string): void =>
  db.transaction(() => {
    const run = ordinalOf(db, runId)
    db.run(db.sql.updateTable("in_flight").set({ cancel_requested: 1 }).where("run", "=", run))
  })

export const cancelRequests = (db: Database, owner: Owner): readonly string[] =>
  db
    .all(
      db.sql
        .selectFrom("in_flight")
        .innerJoin("runs", "runs.ordinal", "in_flight.run")
        .select("id")
        .where("cancel_requested", "=", 1)
        .where("owner_pid", "=", owner.pid)
        .where("owner_started_at", "=", owner.startedAt)
        .orderBy("ordinal")
    )
    .map((row) => row.id)

const interrupt = (db: Database, runId: string, owner: Owner, at: string): boolean =>
  db.transaction(() => {
    const run = ordinalOf(db, runId)
    const still = db.first(db.sql.selectFrom("in_flight").select("run").where("run", "=", run))
    if (still === undefined) return false
    const message = `The process that executed it (pid ${owner.pid}) ended`
    const error = { code: "interrupted", message, hint: "Repeat the run." }
    appendEvents(db, runId, [{ type: "status", status: "interrupted", error }], at)
    return true
  })

import type { RunLogEntry, RunLogEvent } from "../../domain/event.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { readObject } from "./json.ts"
import { prepared, sql } from "./sql.ts"

export const appendToLog = (
  db: Database,
  entry: { readonly ordinal: number; readonly id: string; readonly at: string; readonly event: RunLogEvent }
): RunLogEntry => {
  const body = JSON.stringify(entry.event)
  const seq = db.run(insertEvent({ run: entry.ordinal, at: entry.at, body }))
  return { seq, runId: entry.id, at: entry.at, event: entry.event }
}

export const readLog = (
  db: Database,
  query: { readonly runId?: string; readonly after: number; readonly limit: number }
): readonly RunLogEntry[] => {
  const newer = sql
    .selectFrom("events")
    .innerJoin("runs", "runs.ordinal", "events.run")
    .select(["events.seq", "runs.id", "events.at", "events.body"])
    .where("events.seq", ">", query.after)
    .orderBy("events.seq")
    .limit(query.limit)
  const wanted = query.runId === undefined ? newer : newer.where("events.run", "=", ordinalOf(db, query.runId))
  return db
    .all(wanted)
    .map(({ seq, id, at, body }) => ({ seq, runId: id, at, event: readObject<RunLogEvent>(body, `log of run ${id}`) }))
}

export const lastSeq = (db: Database): number =>
  db.first(sql.selectFrom("events").select((read) => read.fn.max("seq").as("seq")))?.seq ?? 0

const insertEvent = prepared(({ run, at, body }: { run: number; at: string; body: string }) =>
  sql.insertInto("events").values({ run, at, body })
)

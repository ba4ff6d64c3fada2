import { sql as fragment } from "kysely"
import type { RunLogEntry, RunLogEvent, TimedEvent } from "../../domain/event.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { readObject } from "./json.ts"
import { prepared, raw, sql } from "./sql.ts"

export const appendToLog = (
  db: Database,
  { ordinal, id }: { readonly ordinal: number; readonly id: string },
  told: readonly TimedEvent[]
): readonly RunLogEntry[] => {
  // One statement numbers its rows in a row.
  const last = db.run(insertEvents({ run: ordinal, told: JSON.stringify(told) }))
  return told.map(({ at, event }, index) => ({ seq: last - told.length + 1 + index, runId: id, at, event }))
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

const insertEvents = prepared(({ run, told }: { run: number; told: string }) =>
  raw(fragment`
    INSERT INTO events (run, at, body)
    SELECT ${run}, value ->> 'at', value -> 'event' FROM json_each(${told}) ORDER BY key`)
)

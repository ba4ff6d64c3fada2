import type { Sample } from "../../domain/sample.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { readArray } from "./json.ts"
import { prepared, sql } from "./sql.ts"

/** One row holds the samples of one call: an adapter that sends many at once writes few rows. */
export const addSamples = (db: Database, runId: string, samples: readonly Sample[]): void => {
  if (samples.length === 0) return
  db.run(insertSamples({ run: ordinalOf(db, runId), body: JSON.stringify(samples) }))
}

export const readSamples = (db: Database, runId: string): readonly Sample[] =>
  db
    .all(sql.selectFrom("samples").select("body").where("run", "=", ordinalOf(db, runId)).orderBy("id"))
    .flatMap(({ body }) => readArray<Sample>(body, `samples of run ${runId}`))

const insertSamples = prepared(({ run, body }: { run: number; body: string }) =>
  sql.insertInto("samples").values({ run, body })
)

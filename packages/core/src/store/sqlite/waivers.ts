import type { Waiver } from "../../domain/baseline.ts"
import { newId } from "../newId.ts"
import type { Database } from "./Database.ts"
import { readObject } from "./json.ts"
import { sql } from "./sql.ts"

export const createWaiver = (db: Database, given: Omit<Waiver, "id" | "createdAt">, at: string): Waiver => {
  const waiver: Waiver = { ...given, id: newId(), createdAt: at }
  db.run(sql.insertInto("waivers").values({ id: waiver.id, suite: waiver.suite, body: JSON.stringify(waiver) }))
  return waiver
}

/** Newest first, expired ones among them. */
export const listWaivers = (db: Database, suite: string | undefined): readonly Waiver[] => {
  const newest = sql.selectFrom("waivers").select(["id", "body"]).orderBy("ordinal", "desc")
  return db
    .all(suite === undefined ? newest : newest.where("suite", "=", suite))
    .map(({ id, body }) => readObject(body, `waiver ${id}`))
}

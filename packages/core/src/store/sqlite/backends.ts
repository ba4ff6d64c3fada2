import type { BackendInfo } from "../../domain/probe.ts"
import type { Database } from "./Database.ts"
import { parse, readObject } from "./json.ts"
import { sql } from "./sql.ts"

export const saveBackend = (db: Database, name: string, config: unknown): void => {
  const row = { name, config: JSON.stringify(config) }
  db.run(
    sql
      .insertInto("backends")
      .values(row)
      .onConflict((clash) => clash.column("name").doUpdateSet(row))
  )
}

export const listBackends = (db: Database): readonly { readonly name: string; readonly config: unknown }[] =>
  db
    .all(sql.selectFrom("backends").select(["name", "config"]).orderBy("name"))
    .map(({ name, config }) => ({ name, config: parse(config, `backend ${name}`) }))

export const saveProbe = (db: Database, name: string, probe: NonNullable<BackendInfo["probe"]>): void => {
  const row = { name, body: JSON.stringify(probe) }
  db.run(
    sql
      .insertInto("probes")
      .values(row)
      .onConflict((clash) => clash.column("name").doUpdateSet(row))
  )
}

export const readProbe = (db: Database, name: string): BackendInfo["probe"] => {
  const row = db.first(sql.selectFrom("probes").select("body").where("name", "=", name))
  return row === undefined ? null : readObject(row.body, `probe of ${name}`)
}

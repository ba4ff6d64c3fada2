import { isDeepStrictEqual } from "node:util"
import type { CaseSpec, CaseVerdict, ParityCase } from "../../domain/parityCase.ts"
import { newId } from "../newId.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { fullId } from "./ids.ts"
import { readObject } from "./json.ts"
import { sql } from "./sql.ts"

/** In the order in which they were first saved. */
export const listCases = (db: Database): readonly ParityCase[] =>
  db.all(sql.selectFrom("cases").select(["name", "body"]).orderBy("ordinal")).map(readCase)

/** By its whole name, else by a prefix of its id. */
export const findCase = (db: Database, nameOrId: string): ParityCase =>
  namedCase(db, nameOrId) ??
  readCase(
    db.first(
      sql
        .selectFrom("cases")
        .select(["name", "body"])
        .where("id", "=", fullId(db, "cases", nameOrId))
    )!
  )

export const createCase = (db: Database, spec: CaseSpec, at: string): ParityCase => {
  if (namedCase(db, spec.name) !== null) throw nameTaken(spec.name)
  return insertCase(db, spec, at)
}

export const replaceCase = (db: Database, nameOrId: string, spec: CaseSpec, at: string): ParityCase => {
  const existing = findCase(db, nameOrId)
  if (spec.name !== existing.name && namedCase(db, spec.name) !== null) throw nameTaken(spec.name)
  return updateCase(db, existing, spec, at)
}

/** A case whose name is there takes its place. */
export const saveCases = (db: Database, specs: readonly CaseSpec[], at: string): readonly ParityCase[] =>
  specs.map((spec) => {
    const existing = namedCase(db, spec.name)
    return existing === null ? insertCase(db, spec, at) : updateCase(db, existing, spec, at)
  })

export const removeCase = (db: Database, nameOrId: string): ParityCase => {
  const existing = findCase(db, nameOrId)
  db.run(sql.deleteFrom("cases").where("id", "=", existing.id))
  return existing
}

/** Each takes the place of the earlier verdict on the same pair of backends; a case that is gone has none. */
export const saveCaseVerdicts = (
  db: Database,
  verdicts: readonly { readonly name: string; readonly verdict: CaseVerdict }[]
): void => {
  for (const { name, verdict } of verdicts) {
    const existing = namedCase(db, name)
    if (existing === null) continue
    const others = existing.verdicts.filter(
      ({ baseline, candidate }) => baseline !== verdict.baseline || candidate !== verdict.candidate
    )
    writeBody(db, { ...existing, verdicts: [...others, verdict] })
  }
}

const namedCase = (db: Database, name: string): ParityCase | null => {
  const row = db.first(sql.selectFrom("cases").select(["name", "body"]).where("name", "=", name))
  return row === undefined ? null : readCase(row)
}

const readCase = ({ name, body }: { readonly name: string; readonly body: string }): ParityCase =>
  readObject(body, `case ${name}`)

const insertCase = (db: Database, spec: CaseSpec, at: string): ParityCase => {
  const saved: ParityCase = { ...spec, id: newId(), createdAt: at, updatedAt: at, verdicts: [] }
  db.run(sql.insertInto("cases").values({ id: saved.id, name: saved.name, body: JSON.stringify(saved) }))
  return saved
}

/** What was said of another input says nothing of this one. */
const updateCase = (db: Database, existing: ParityCase, spec: CaseSpec, at: string): ParityCase => {
  const { id, createdAt, updatedAt: _, verdicts, ...old } = existing
  if (isDeepStrictEqual(old, spec)) return existing
  const { name: _old, tags: _oldTags, ...oldQuestion } = old
  const { name: _new, tags: _newTags, ...newQuestion } = spec
  const kept = isDeepStrictEqual(oldQuestion, newQuestion) ? verdicts : []
  return writeBody(db, { ...spec, id, createdAt, updatedAt: at, verdicts: kept })
}

const writeBody = (db: Database, changed: ParityCase): ParityCase => {
  db.run(
    sql
      .updateTable("cases")
      .set({ name: changed.name, body: JSON.stringify(changed) })
      .where("id", "=", changed.id)
  )
  return changed
}

const nameTaken = (name: string): StoreError =>
  new StoreError({
    reason: "name-taken",
    message: `There is a case named "${name}" already`,
    hint: "Give another name, or change that case."
  })

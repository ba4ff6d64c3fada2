import type Sqlite from "better-sqlite3"
import type { Compilable } from "kysely"

/**
 * An open database. Kysely writes the SQL and knows the types; better-sqlite3 runs it at once, so that a transaction
 * is a plain function that nothing else can run between.
 */
export interface Database {
  readonly all: <Row>(query: Compilable<Row>) => readonly Row[]
  readonly first: <Row>(query: Compilable<Row>) => Row | undefined
  /** Returns the rowid of the last inserted row. */
  readonly run: (query: Compilable) => number
  /** Takes the write lock first, so that what was read is still true when it writes; throws = rolled back. */
  readonly transaction: <A>(body: () => A) => A
  /** What is read in it is of one moment. */
  readonly snapshot: <A>(body: () => A) => A
  readonly raw: Sqlite.Database
}

export const openDatabase = (raw: Sqlite.Database): Database => {
  const statements = new Map<string, Sqlite.Statement>()
  const prepare = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = raw.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const rows = <Row>(
    query: Compilable<Row>,
    read: (statement: Sqlite.Statement, values: readonly unknown[]) => unknown
  ) => {
    const { sql, parameters } = query.compile()
    return read(prepare(sql), parameters)
  }
  const inTransaction = raw.transaction((body: () => unknown) => body())
  return {
    raw,
    all: <Row>(query: Compilable<Row>) =>
      rows(query, (statement, values) => statement.all(...values)) as readonly Row[],
    first: <Row>(query: Compilable<Row>) =>
      rows(query, (statement, values) => statement.get(...values)) as Row | undefined,
    run: (query) => {
      const { sql, parameters } = query.compile()
      return Number(prepare(sql).run(...parameters).lastInsertRowid)
    },
    transaction: <A>(body: () => A) => inTransaction.immediate(body) as A,
    snapshot: <A>(body: () => A) => inTransaction.deferred(body) as A
  }
}

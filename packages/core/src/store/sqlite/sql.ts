import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler
} from "kysely"
import type { Tables } from "./Tables.ts"

/** Writes SQL that fits the tables. It runs nothing: `Database` does. */
export const sql = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler()
  }
})

/**
 * A query that is written once and then only filled in: for what runs thousands of times per second. `build` sees
 * blanks in place of the values, so it may pass them on but not look at them.
 */
export const prepared = <Values extends object, Row>(build: (values: Values) => Compilable<Row>) => {
  const compiled = build(blanks as Values).compile()
  return (values: Values): Compilable<Row> => {
    const parameters = compiled.parameters.map((value) => (isBlank(value) ? Reflect.get(values, value.blank) : value))
    const filled: CompiledQuery<Row> = { ...compiled, parameters }
    return { compile: () => filled }
  }
}

interface Blank {
  readonly blank: PropertyKey
}

const blanks = new Proxy({}, { get: (_, name): Blank => ({ blank: name }) })

const isBlank = (value: unknown): value is Blank => typeof value === "object" && value !== null && "blank" in value

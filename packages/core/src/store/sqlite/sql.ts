import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type RawBuilder,
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
 * A query that is written once and then only filled in, for what runs thousands of times per second. Its text may
 * depend on which values are given, not on the values: `build` sees blanks in their place. Undefined is not given.
 */
export const prepared = <Values extends object, Row>(build: (values: Values) => Compilable<Row>) => {
  const written = new Map<string, CompiledQuery<Row>>()
  const write = (shape: string, values: Values): CompiledQuery<Row> => {
    const given = Object.keys(values).filter((name) => Reflect.get(values, name) !== undefined)
    const query = build(blanksFor<Values>(given)).compile()
    written.set(shape, query)
    return query
  }
  return (values: Values): Compilable<Row> => {
    let shape = ""
    for (const name in values) if (values[name] !== undefined) shape += `${name},`
    const { sql: text, query, queryId, parameters } = written.get(shape) ?? write(shape, values)
    const filled = parameters.map((value) => (isBlank(value) ? Reflect.get(values, value.blank) : value))
    return { compile: () => ({ sql: text, query, queryId, parameters: filled }) }
  }
}

/** A query of our own writing. */
export const raw = <Row>(text: RawBuilder<Row>): Compilable<Row> => ({ compile: () => text.compile(sql) })

interface Blank {
  readonly blank: string
}

const blanksFor = <Values>(names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, { blank: name } satisfies Blank])) as Values

const isBlank = (value: unknown): value is Blank => typeof value === "object" && value !== null && "blank" in value

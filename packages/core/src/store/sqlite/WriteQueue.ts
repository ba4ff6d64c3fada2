import * as Effect from "effect/Effect"
import type { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"

/** Runs a write in a transaction of its own or with others; it must do no more than read and write the database. */
export type Write = <A>(write: () => A) => Effect.Effect<A, StoreError>

/**
 * Commits what many fibers write at the same moment together, since a commit costs more than what it commits. Each
 * write is still all or nothing by itself: when one of a group fails, the group is undone and each runs alone.
 * A write that is interrupted before its turn does not happen.
 */
export const makeWriteQueue = (db: Database, failure: (cause: unknown) => StoreError) => {
  let waiting: Job[] = []

  const flush = (): void => {
    const group = waiting.splice(0, maxGroup)
    if (waiting.length > 0) setImmediate(flush)
    if (group.length > 1 && commitTogether(db, group)) return
    for (const job of group) commitAlone(db, job, failure)
  }

  const write: Write = <A>(run: () => A) =>
    Effect.callback<A, StoreError>((resume) => {
      const job = makeJob(run, resume)
      if (waiting.push(job) === 1) setImmediate(flush)
      return Effect.sync(() => {
        waiting = waiting.filter((other) => other !== job)
      })
    })

  return {
    write,
    flush: () => {
      while (waiting.length > 0) flush()
    }
  }
}

interface Job {
  /** Does the write and returns what tells its fiber. */
  readonly run: () => () => void
  readonly fail: (error: StoreError) => void
}

/** Keeps one group from holding the event loop and the write lock for long. */
const maxGroup = 256

const makeJob = <A>(run: () => A, resume: (result: Effect.Effect<A, StoreError>) => void): Job => ({
  run: () => {
    const value = run()
    return () => resume(Effect.succeed(value))
  },
  fail: (error) => resume(Effect.fail(error))
})

/** False = undone. */
const commitTogether = (db: Database, group: readonly Job[]): boolean => {
  let tell: readonly (() => void)[]
  try {
    tell = db.transaction(() => group.map((job) => job.run()))
  } catch {
    return false
  }
  for (const succeed of tell) succeed()
  return true
}

const commitAlone = (db: Database, job: Job, failure: (cause: unknown) => StoreError): void => {
  let succeed: () => void
  try {
    succeed = db.transaction(job.run)
  } catch (cause) {
    return job.fail(failure(cause))
  }
  succeed()
}

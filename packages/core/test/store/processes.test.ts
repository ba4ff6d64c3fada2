import * as Effect from "effect/Effect"
import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { replay } from "../../src/machine/project.ts"
import { currentOwner } from "../../src/store/owner.ts"
import { openFile } from "../../src/store/sqlite/openFile.ts"
import { openRunStore } from "../../src/store/sqlite/RunStoreSqlite.ts"
import { seedOf } from "./arbitraryLog.ts"
import { startWriter } from "./startWriter.ts"
import type { Store } from "./storeSuite.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const withStore = <A>(folder: string, use: (store: Store) => Effect.Effect<A, unknown>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(openRunStore(folder), use)))

const logOf = (store: Store, runId: string) => store.entries({ runId, after: 0, limit: 1_000_000 })

describe("several processes on one data folder", () => {
  it("make a new one together", async () => {
    const folder = temporaryFolder()
    const writers = Array.from({ length: 6 }, () => startWriter(folder, "open"))
    expect(await Promise.all(writers.map((writer) => writer.exitCode()))).toEqual(writers.map(() => 0))
    await withStore(folder, (store) => store.status)
  })

  it("find a database that another one is making to be none of another program's", async () => {
    const folder = temporaryFolder()
    const count = 200
    const maker = startWriter(folder, "make", String(count))
    const files = Array.from({ length: count }, (_, index) => join(folder, String(index + 1)))
    for (const file of files) {
      while (!existsSync(file) || statSync(file).size === 0);
      openFile(file).raw.close()
    }
    expect(await maker.exitCode()).toBe(0)
  })

  it("write at once and lose nothing", async () => {
    const folder = temporaryFolder()
    const writers = [startWriter(folder, "write", "150"), startWriter(folder, "write", "150")]
    const mine = await withStore(folder, (store) =>
      Effect.forEach(
        Array.from({ length: 150 }, () => seedOf()),
        (seed) => store.create(seed, currentOwner())
      )
    )
    const theirs = (await Promise.all(writers.map((writer) => writer.rest()))).flat()
    expect(theirs).toHaveLength(300)
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        const log = yield* store.entries({ after: 0, limit: 10_000 })
        expect(log).toHaveLength(150 + 300 * 4)
        expect(yield* store.status).toMatchObject({ runs: 450, inFlight: 150 })
        for (const id of [...mine.map((run) => run.id), ...theirs]) {
          expect(yield* store.get(id)).toEqual(replay(log.filter((entry) => entry.runId === id)))
        }
        const listed = yield* store.list({ limit: 1000 })
        const times = listed.items.map((run) => run.createdAt)
        expect(times).toEqual(times.toSorted().toReversed())
      })
    )
  })

  it("see what the others write, and tell quiet from news by the data version", async () => {
    const folder = temporaryFolder()
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        const [before, seq] = [yield* store.dataVersion, yield* store.lastSeq]
        expect(yield* store.dataVersion).toBe(before)
        const writer = startWriter(folder, "write", "1")
        const id = yield* Effect.promise(() => writer.line())
        yield* Effect.promise(() => writer.exitCode())
        expect(yield* store.dataVersion).not.toBe(before)
        const news = yield* store.entries({ after: seq, limit: 100 })
        expect(news.map(({ runId, event }) => [runId, event.type])).toEqual([
          [id, "created"],
          [id, "status"],
          [id, "status"],
          [id, "status"]
        ])
      })
    )
  })

  it("end the runs of one that was killed, and only those", async () => {
    const folder = temporaryFolder()
    const [victim, survivor] = [startWriter(folder, "hold"), startWriter(folder, "hold")]
    const [lost, kept] = [await victim.line(), await survivor.line()]
    await victim.kill()
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        expect(yield* store.interruptOrphans).toEqual([lost])
        const run = yield* store.get(lost)
        expect(run).toMatchObject({ status: "interrupted", error: { code: "interrupted" } })
        expect(run.error?.message).toContain(`pid ${victim.pid}`)
        const log = yield* logOf(store, lost)
        expect(log.map(({ event }) => event.type)).toEqual(["created", "status", "status", "log", "status"])
        expect((yield* store.get(kept)).status).toBe("running")
      })
    )
    await survivor.kill()
  })

  it("leave whole appends behind when they die in the middle of writing", async () => {
    const folder = temporaryFolder()
    for (let trial = 0; trial < 5; trial++) {
      const writer = startWriter(folder, "hammer")
      while ((await writer.line()) !== String(trial * 50)) continue
      await writer.kill()
    }
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        const { items } = yield* store.list({ limit: 100 })
        expect(items).toHaveLength(5 * 3)
        for (const { id } of items) {
          const log = yield* logOf(store, id)
          expect((log.length - 3) % 3).toBe(0)
          const run = yield* store.get(id)
          expect(run).toEqual(replay(log))
          expect(run.tags).toEqual(run.progress === null ? run.tags : [`round:${run.progress.done}`])
        }
        expect(yield* store.interruptOrphans).toHaveLength(15)
        expect(readdirSync(join(folder, "tmp"))).toEqual([])
      })
    )
  })
})

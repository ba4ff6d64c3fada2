import Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import {
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync
} from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openRunStore } from "../../src/store/sqlite/RunStoreSqlite.ts"
import { seedOf } from "./arbitraryLog.ts"
import { startWriter } from "./startWriter.ts"
import { temporaryFolder } from "./temporaryFolder.ts"
import type { Store } from "./storeSuite.ts"

const withStore = <A>(folder: string, use: (store: Store) => Effect.Effect<A, unknown>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(openRunStore(folder), use)))

const refusal = (folder: string) => Effect.runPromise(Effect.flip(Effect.scoped(openRunStore(folder))))

/** A data folder with some runs in it, closed. */
const filled = async (runs = 200): Promise<{ readonly folder: string; readonly file: string }> => {
  const folder = temporaryFolder()
  await withStore(folder, (store) =>
    Effect.forEach(
      Array.from({ length: runs }, () => seedOf()),
      (seed) => store.create(seed, null),
      { concurrency: 100 }
    )
  )
  return { folder, file: join(folder, "studio.db") }
}

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex")

const overwrite = (file: string, at: number, bytes: Uint8Array): void => {
  writeSync(openSync(file, "r+"), bytes, 0, bytes.length, at)
}

describe("a database that cannot be trusted is refused and left as it was", () => {
  it.each<[string, (file: string) => void]>([
    ["text in its place", (file) => writeFileSync(file, "this is no database at all, only some text\n".repeat(200))],
    ["zeros over its header", (file) => overwrite(file, 0, new Uint8Array(100))],
    ["noise over its pages", (file) => overwrite(file, 4096, new Uint8Array(8 * 4096).fill(0x5a))],
    ["its second half cut off", (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)]
  ])("with %s", async (_, harm) => {
    const { folder, file } = await filled()
    harm(file)
    const before = hashOf(file)
    const error = await refusal(folder)
    expect(error).toMatchObject({ _tag: "StoreError", reason: "corrupt" })
    expect(error.message).toContain(folder)
    expect(error.hint).toContain("Move studio.db, studio.db-wal and studio.db-shm out of the data folder together")
    expect(hashOf(file)).toBe(before)
  })

  it("of another program", async () => {
    const folder = temporaryFolder()
    const file = join(folder, "studio.db")
    const other = new Sqlite(file)
    other.exec("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    const before = hashOf(file)
    expect(await refusal(folder)).toMatchObject({
      reason: "corrupt",
      message: `${file} is a database of another program`
    })
    expect(hashOf(file)).toBe(before)
  })

  it("of a newer studio", async () => {
    const { folder, file } = await filled(1)
    const newer = new Sqlite(file)
    newer.pragma("user_version = 99")
    newer.close()
    const before = hashOf(file)
    const error = await refusal(folder)
    expect(error.reason).toBe("newer-version")
    expect(error.message).toMatch(/^The database has schema 99; this studio knows up to \d+$/u)
    expect(hashOf(file)).toBe(before)
  })

  it("whose log has not been moved into it yet", async () => {
    const folder = temporaryFolder()
    const writer = startWriter(folder, "hold")
    await writer.line()
    await writer.kill()
    const files = ["studio.db", "studio.db-wal"].map((name) => join(folder, name))
    const newer = new Sqlite(files[0])
    newer.pragma("user_version = 99")
    const copies = files.map((file) => readFileSync(file))
    newer.close()
    files.forEach((file, index) => writeFileSync(file, copies[index] ?? ""))
    expect(await refusal(folder)).toMatchObject({ reason: "newer-version" })
    expect(files.map((file) => readFileSync(file))).toEqual(copies)
  })

  it("and the way out that the hint names works", async () => {
    const { folder, file } = await filled()
    writeFileSync(file, "gone")
    await refusal(folder)
    renameSync(file, `${file}.damaged`)
    expect(await withStore(folder, (store) => store.status)).toMatchObject({ runs: 0 })
  })
})

describe("damage that shows itself later", () => {
  it.each([
    ["a status that there is not", "UPDATE runs SET status = 'sleeping'"],
    ["a provenance that there is not", "UPDATE runs SET provenance = 'trust me'"],
    ["a list cut short", "UPDATE runs SET tags = '[\"a'"],
    ["another shape", "UPDATE runs SET tags = '{}'"]
  ])("%s is named when it is read", async (_, harm) => {
    const { folder, file } = await filled(1)
    const raw = new Sqlite(file)
    raw.exec(harm)
    const id = raw.prepare("SELECT id FROM runs").pluck().get()
    raw.close()
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        for (const read of [store.list({ limit: 1 }), store.get(String(id))]) {
          expect(yield* Effect.flip<unknown, { reason: string; message: string }, never>(read)).toMatchObject({
            reason: "corrupt",
            message: `The stored run ${id} is damaged`
          })
        }
      })
    )
  })

  it("noise in a page that was not looked at on opening", async () => {
    const { folder, file } = await filled(1)
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        const run = yield* store.create(seedOf(), null)
        const line = "x".repeat(60_000)
        for (let each = 0; each < 400; each++) yield* store.append(run.id, [{ type: "log", line }])
      })
    )
    expect(statSync(file).size).toBeGreaterThan(20 << 20)
    overwrite(file, 19 << 20, new Uint8Array(1 << 20).fill(0x5a))
    await withStore(
      folder,
      Effect.fnUntraced(function* (store) {
        const error = yield* Effect.flip(store.entries({ after: 0, limit: 1000 }))
        expect(error).toMatchObject({ reason: "corrupt" })
        expect(error.hint).toContain("restore studio.db from a backup")
        expect((yield* store.list({ limit: 1 })).items).toHaveLength(1)
      })
    )
  })
})

describe("the data folder", () => {
  it("that is a file is no folder", async () => {
    const path = join(temporaryFolder(), "file")
    writeFileSync(path, "")
    expect(await refusal(path)).toMatchObject({ reason: "io" })
  })

  it.runIf(existsSync("/proc/self"))("where nothing can be made is refused, not waited for", async () => {
    expect(await refusal("/proc/none/of/this")).toMatchObject({ reason: "io" })
  })

  it("is made with everything in it", async () => {
    const folder = join(temporaryFolder(), "a", "b")
    await withStore(folder, () => Effect.void)
    for (const name of ["studio.db", "artifacts", "tmp"]) expect(existsSync(join(folder, name))).toBe(true)
  })

  it(":memory: is private and goes when it is closed", async () => {
    const folders = await Promise.all([1, 2].map(() => withStore(":memory:", (store) => Effect.succeed(store.dataDir))))
    expect(new Set(folders).size).toBe(2)
    for (const folder of folders) expect(existsSync(folder)).toBe(false)
  })
})

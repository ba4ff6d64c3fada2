import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { expect } from "vitest"
import type { Laws, Store } from "../storeSuite.ts"

export const artifactLaws: Laws = {
  "content lies under its hash once it is closed, and not before": Effect.fnUntraced(function* (store) {
    const file = yield* store.openArtifact("stdout.txt", "log", "text/plain")
    yield* file.write(bytes("hello "))
    yield* file.write(bytes("world"))
    const sha256 = createHash("sha256").update("hello world").digest("hex")
    expect(existsSync(store.artifactPath(sha256))).toBe(false)
    const artifact = yield* file.close
    expect(artifact).toEqual({ name: "stdout.txt", kind: "log", mediaType: "text/plain", sizeBytes: 11, sha256 })
    expect(readFileSync(store.artifactPath(sha256), "utf8")).toBe("hello world")
    expect(relative(store.dataDir, store.artifactPath(sha256))).toBe(
      join("artifacts", "sha256", sha256.slice(0, 2), sha256)
    )
    expect(temporary(store)).toEqual([])
  }),

  "the same content is one file under any name": Effect.fnUntraced(function* (store) {
    const write = Effect.fnUntraced(function* (name: string) {
      const file = yield* store.openArtifact(name, "raw-result", "application/json")
      yield* file.write(bytes("{}"))
      return yield* file.close
    })
    const [first, second] = yield* Effect.all([write("a.json"), write("b.json")], { concurrency: "unbounded" })
    expect(second).toEqual({ ...first, name: "b.json" })
    expect(readdirSync(join(store.artifactPath(first.sha256), ".."))).toEqual([first.sha256])
    expect(temporary(store)).toEqual([])
  }),

  "what is discarded leaves nothing": Effect.fnUntraced(function* (store) {
    const file = yield* store.openArtifact("x", "other", "text/plain")
    yield* file.write(bytes("secret"))
    expect(temporary(store)).toHaveLength(1)
    yield* file.discard
    yield* file.discard
    expect(temporary(store)).toEqual([])
  }),

  "an empty file and a large one are files too": Effect.fnUntraced(function* (store) {
    const empty = yield* Effect.flatMap(store.openArtifact("e", "log", "text/plain"), (file) => file.close)
    expect(statSync(store.artifactPath(empty.sha256)).size).toBe(0)
    const file = yield* store.openArtifact("l", "log", "text/plain")
    for (let piece = 0; piece < 20; piece++) yield* file.write(new Uint8Array(1 << 20).fill(piece))
    const large = yield* file.close
    expect(statSync(store.artifactPath(large.sha256)).size).toBe(20 << 20)
    expect((yield* store.status).sizeBytes).toBeGreaterThan(20 << 20)
  }),

  "only a hash names a file": (store) =>
    Effect.sync(() => {
      for (const name of ["../../studio.db", "", "A".repeat(64), `${"0".repeat(63)}/`]) {
        expect(() => store.artifactPath(name)).toThrow("Not a SHA-256")
      }
    })
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const temporary = (store: Store): readonly string[] => readdirSync(join(store.dataDir, "tmp"))

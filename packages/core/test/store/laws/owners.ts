import * as Effect from "effect/Effect"
import { expect } from "vitest"
import { currentOwner } from "../../../src/store/owner.ts"
import { seedOf } from "../arbitraryLog.ts"
import type { Laws } from "../storeSuite.ts"

/** A pid that lives, but began at another time. */
const formerOwner = { ...currentOwner(), startedAt: "00000000+1" }

export const ownerLaws: Laws = {
  "runs of the dead are interrupted, those of the living and of nobody are not": Effect.fnUntraced(function* (store) {
    const mine = yield* store.create(seedOf(), currentOwner())
    const orphan = yield* store.create(seedOf(), formerOwner)
    const nobodys = yield* store.create(seedOf(), null)
    const ended = yield* store.create(seedOf(), formerOwner)
    yield* store.append(ended.id, [{ type: "status", status: "cancelled", error: null }])
    expect(yield* store.interruptOrphans).toEqual([orphan.id])
    expect(yield* store.interruptOrphans).toEqual([])
    expect(yield* store.get(orphan.id)).toMatchObject({
      status: "interrupted",
      error: { code: "interrupted", message: `The process that executed it (pid ${process.pid}) ended` }
    })
    for (const run of [mine, nobodys]) expect((yield* store.get(run.id)).status).toBe("queued")
    expect((yield* store.get(ended.id)).status).toBe("cancelled")
  }),

  "a wish to cancel reaches the owner of an unfinished run, once it is one": Effect.fnUntraced(function* (store) {
    const mine = yield* store.create(seedOf(), currentOwner())
    const theirs = yield* store.create(seedOf(), formerOwner)
    for (const run of [mine, theirs, mine]) yield* store.requestCancel(run.id)
    expect(yield* store.cancelRequests(currentOwner())).toEqual([mine.id])
    yield* store.append(mine.id, [{ type: "status", status: "cancelled", error: null }])
    expect(yield* store.cancelRequests(currentOwner())).toEqual([])
    yield* store.requestCancel(mine.id)
    expect(yield* store.cancelRequests(currentOwner())).toEqual([])
    expect((yield* store.get(mine.id)).status).toBe("cancelled")
  })
}

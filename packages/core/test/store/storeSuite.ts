import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { describe, it } from "vitest"
import type { RunStore } from "../../src/store/RunStore.ts"
import type { StoreError } from "../../src/store/StoreError.ts"
import { artifactLaws } from "./laws/artifacts.ts"
import { campaignLaws } from "./laws/campaigns.ts"
import { keepingLaws } from "./laws/keeping.ts"
import { listLaws } from "./laws/lists.ts"
import { ownerLaws } from "./laws/owners.ts"
import { recordLaws } from "./laws/records.ts"
import { traceLaws } from "./laws/traces.ts"

export type Store = RunStore["Service"]

/** What every run store must do, by what it says. A law gets a store of its own, empty. */
export type Laws = { readonly [law: string]: (store: Store) => Effect.Effect<void, unknown> }

export const storeLaws: { readonly [chapter: string]: Laws } = {
  records: recordLaws,
  lists: listLaws,
  traces: traceLaws,
  artifacts: artifactLaws,
  owners: ownerLaws,
  campaigns: campaignLaws,
  "other things kept": keepingLaws
}

/** Binds the laws to vitest for one kind of store. */
export const storeSuite = (name: string, open: Effect.Effect<Store, StoreError, Scope.Scope>): void => {
  describe(name, () => {
    for (const [chapter, laws] of Object.entries(storeLaws)) {
      describe(chapter, () => {
        for (const [law, check] of Object.entries(laws)) {
          it(law, () => Effect.runPromise(Effect.scoped(Effect.flatMap(open, check))))
        }
      })
    }
  })
}

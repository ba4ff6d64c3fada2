import * as Effect from "effect/Effect"
import type { StoreError } from "../StoreError.ts"
import { storeFailure } from "./storeFailure.ts"

/** Runs what may throw, each time that the effect runs; whatever it throws becomes a `StoreError`. */
export const attempting =
  (dataDir: string) =>
  <A>(run: () => A): Effect.Effect<A, StoreError> =>
    Effect.try({ try: run, catch: storeFailure(dataDir) })

export const attemptAsync =
  (dataDir: string) =>
  <A>(run: () => Promise<A>): Effect.Effect<A, StoreError> =>
    Effect.tryPromise({ try: run, catch: storeFailure(dataDir) })

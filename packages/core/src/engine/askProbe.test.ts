import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { expect, test } from "vitest"
import type { Adapter, Backend } from "../adapter/Adapter.ts"
import { askProbe } from "./askProbe.ts"
import type { Operation } from "./openOperation.ts"

test("a probe that never answers is given up after 30 s, and told to stop", async () => {
  const controller = new AbortController()
  const { signal } = controller
  const backend = {
    probe: () => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))))
  } as unknown as Backend
  const operation = { context: { signal }, abort: () => controller.abort(), onLate: () => {} } as unknown as Operation

  const seen = await Effect.gen(function* () {
    const asked = yield* Effect.forkChild(Effect.flip(askProbe({ name: "acme" } as Adapter, backend, operation)))
    yield* TestClock.adjust("29 seconds")
    const early = signal.aborted
    yield* TestClock.adjust("1 second")
    const { code, message } = yield* Fiber.join(asked)
    return { early, late: signal.aborted, code, message }
  }).pipe(Effect.provide(TestClock.layer()), Effect.runPromise)

  expect(seen).toEqual({
    early: false,
    late: true,
    code: "timeout",
    message: "The adapter acme gave no answer to `probe` within 30 seconds."
  })
})

import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import { AdapterError, defineAdapter, StudioService } from "../../src/effect/index.ts"
import { generateRequest, generateResult, open, probeOf, scripted, started } from "../scripted.ts"

const { supports, config } = scripted("x")

/** An adapter written in Effect, which notes what becomes of it. */
const make = (stream: Stream.Stream<typeof started, AdapterError>) => {
  const notes: string[] = []
  const adapter = defineAdapter({
    api: 1,
    name: "effectful",
    version: "1.0.0",
    supports,
    config,
    open: () =>
      Effect.acquireRelease(
        Effect.succeed({
          probe: () => Effect.succeed(probeOf("effectful")),
          generate: () => stream.pipe(Stream.ensuring(Effect.sync(() => notes.push("stream ended"))))
        }),
        () => Effect.sync(() => notes.push("closed"))
      )
  })
  return { adapter, notes }
}

describe("an adapter in Effect", () => {
  it("is executed like any other, and what it acquired is released", async () => {
    const { adapter, notes } = make(Stream.make(started, generateResult))
    expect(Object.keys(await adapter.open({}))).toEqual(["probe", "generate", "close"])
    await using studio = await open([adapter])
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    expect(run?.status).toBe("succeeded")
    expect(notes).toEqual(["stream ended", "closed"])
  })

  it("fails with its own error", async () => {
    const error = new AdapterError({ reason: "crashed", message: "m", hint: "h" })
    const { adapter } = make(Stream.concat(Stream.make(started), Stream.fail(error)))
    await using studio = await open([adapter])
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    expect(run?.error).toEqual({ code: "crashed", message: "m", hint: "h" })
  })

  it("is interrupted by cancel", async () => {
    const { adapter, notes } = make(Stream.concat(Stream.make(started), Stream.never))
    await using studio = await open([adapter])
    const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
    for await (const { event } of studio.runs.events(id))
      if (event.type === "status" && event.status === "running") break
    expect((await studio.runs.cancel(id)).status).toBe("cancelled")
    expect(notes).toEqual(["stream ended", "closed"])
  })
})

describe("StudioService", () => {
  it("gives a studio for as long as its layer lives", async () => {
    const program = Effect.flatMap(StudioService, (studio) =>
      Effect.promise(async () => ({ studio, status: await studio.status() }))
    )
    const { studio, status } = await Effect.runPromise(
      Effect.provide(program, StudioService.layer({ data: ":memory:", adapters: [] }))
    )
    expect(status.runs).toBe(0)
    await expect(studio.status()).rejects.toMatchObject({ code: "closed" })
    const failed = Effect.provide(program, StudioService.layer({ data: ":memory:", adapters: [], fallback: "none" }))
    expect(await Effect.runPromise(Effect.flip(failed))).toMatchObject({ code: "invalid-options" })
  })
})

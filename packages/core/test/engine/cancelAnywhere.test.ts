import * as fc from "fast-check"
import { expect, it } from "vitest"
import { isFinished } from "../../src/domain/run.ts"
import { childrenOf } from "../../src/testing/childrenOf.ts"
import { benchmarkRequest, benchmarkResult, open, probeOf, scripted, started } from "../scripted.ts"

/** So many turns of the event loop: a moment in the life of a run, however fast the machine is. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A run with a moment in each of its states: slow to probe, a child, samples, a file, a result. */
const stepwise = scripted("stepwise", {
  backend: ({ child }) => ({
    probe: async () => {
      await turns(20)
      return probeOf("stepwise")
    },
    async *benchmark(_, { spawn, signal, artifact }) {
      const program =
        child === true ? spawn([process.execPath, "-e", "setInterval(() => {}, 1000)"], { env: {} }) : null
      yield started
      for (let index = 0; index < 20 && !signal.aborted; index++) {
        await turns(1)
        const times = { startMs: index, ttftMs: 1, itlMs: null, e2eMs: 2 }
        yield { type: "sample", sample: { ...times, inputTokens: 1, outputTokens: 1, error: null } }
      }
      const writer = (await artifact("result.txt", "other", "text/plain")).getWriter()
      await writer.write(new TextEncoder().encode("done"))
      await writer.close()
      await program?.kill()
      yield benchmarkResult
    }
  })
})

it("a run that is cancelled at any moment ends once, in one state, and leaves no process", async () => {
  await using studio = await open([stepwise], {
    backends: { plain: { adapter: "stepwise" }, parent: { adapter: "stepwise", child: true } }
  })
  const ends = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("plain", "parent"),
      fc.nat(1),
      // Null: when it has ended.
      fc.oneof(fc.nat(120), fc.nat(3000), fc.constant(null)),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
      async (backend, before, after, cancels) => {
        const submit = () => studio.runs.submit({ backend, request: benchmarkRequest })
        // With one before it, it is queued.
        const ahead = before === 1 ? [await submit()] : []
        const { id } = await submit()
        await (after === null ? studio.runs.wait(id) : turns(after))
        const answers = await Promise.all(
          cancels.map(async (later) => {
            await turns(later)
            return studio.runs.cancel(id)
          })
        )
        const run = await studio.runs.wait(id)
        ends.add(run.status)
        expect(["cancelled", "succeeded"]).toContain(run.status)
        // Whoever cancels hears of the end, not of the wish.
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => run.status))
        const told: string[] = []
        for await (const { event } of studio.runs.events(id)) if (event.type === "status") told.push(event.status)
        expect(told.filter((status) => isFinished(status as typeof run.status))).toEqual([run.status])
        expect(told.at(-1)).toBe(run.status)
        for (const other of ahead) expect((await studio.runs.wait(other.id)).status).toBe("succeeded")
        expect((await childrenOf(process.pid)).filter(({ command }) => command === "node")).toEqual([])
      }
    ),
    {
      numRuns: 60,
      examples: [
        ["plain", 1, 0, [0, 0]],
        ["parent", 0, null, [0]]
      ]
    }
  )
  expect([...ends].sort()).toEqual(["cancelled", "succeeded"])
}, 120_000)

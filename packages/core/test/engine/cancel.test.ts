import { join } from "node:path"
import { readFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import type { Studio } from "../../src/engine/Studio.ts"
import {
  benchmarkRequest,
  generateInput,
  generateRequest,
  generateResult,
  hang,
  open,
  play,
  scripted,
  started
} from "../scripted.ts"
import { isRunning } from "../processes.ts"

const hanging = scripted("hanging", { backend: () => ({ generate: (_, { signal }) => hang(signal) }) })
const submit = (studio: Studio) => studio.runs.submit({ backend: "a", request: generateRequest })
const running = async (studio: Studio, id: string) => {
  for await (const { event } of studio.runs.events(id))
    if (event.type === "status" && event.status === "running") return
}

/** A benchmark that is a real program with a worker in a session of its own. */
const pids = { all: [] as readonly number[] }
const benching = scripted("benching", {
  backend: () => ({
    async *benchmark(_, { spawn, signal }) {
      const child = spawn([process.execPath, join(import.meta.dirname, "../fixtures/slowBench.mjs")], { env: {} })
      for await (const { line } of child.lines) {
        if (!line.startsWith("pids ")) continue
        pids.all = line.split(" ").slice(1).map(Number)
        yield started
      }
      await child.exit
      if (!signal.aborted) throw new Error("it ended by itself")
    }
  })
})

describe("cancel", () => {
  it("takes a queued run out at once, whoever is before it", async () => {
    await using studio = await open([hanging])
    const [first, second] = [await submit(studio), await submit(studio)]
    await running(studio, first.id)
    expect((await studio.runs.cancel(second.id)).status).toBe("cancelled")
    expect((await studio.runs.get(second.id)).startedAt).toBeNull()
    expect((await studio.runs.get(first.id)).status).toBe("running")
  })

  it("stops a running run, is idempotent, and leaves a finished run as it is", async () => {
    await using studio = await open([hanging, scripted("quick")], {
      backends: { a: { adapter: "hanging" }, b: { adapter: "quick" } }
    })
    const { id } = await submit(studio)
    await running(studio, id)
    const [one, two] = await Promise.all([studio.runs.cancel(id), studio.runs.cancel(id)])
    expect([one.status, two.status, (await studio.runs.cancel(id)).status]).toEqual([
      "cancelled",
      "cancelled",
      "cancelled"
    ])
    const [done] = await studio.generate({ backends: ["b"], prompt: "p" })
    expect((await studio.runs.cancel(done?.id ?? "")).status).toBe("succeeded")
  })

  it("lets the adapter clean up before it is over", async () => {
    const steps: string[] = []
    const tidy = scripted("tidy", {
      backend: () => ({
        async *generate(_, { signal }) {
          try {
            yield* hang(signal)
          } finally {
            await Promise.resolve()
            steps.push("cleaned up")
          }
        },
        close: async () => void steps.push("closed")
      })
    })
    await using studio = await open([tidy])
    const { id } = await submit(studio)
    await running(studio, id)
    await studio.runs.cancel(id)
    expect(steps).toEqual(["cleaned up", "closed"])
  })

  it("waits 5 s for an adapter that does not listen, and no longer", async () => {
    const deaf = scripted("deaf", {
      backend: () => ({
        async *generate() {
          yield started
          await new Promise(() => {})
        }
      })
    })
    await using studio = await open([deaf])
    const { id } = await submit(studio)
    await running(studio, id)
    expect((await studio.runs.cancel(id)).status).toBe("cancelled")
    const lines = []
    for await (const { event } of studio.runs.events(id)) if (event.type === "log") lines.push(event.line)
    expect(lines).toEqual(["The adapter did not stop within 5 s of being told to; its processes are killed."])
  })

  it("kills the program and what it started, and keeps what it wrote", async () => {
    await using studio = await open([benching])
    const { id } = await studio.runs.submit({ backend: "a", request: benchmarkRequest })
    await running(studio, id)
    expect(pids.all.filter(isRunning)).toHaveLength(2)
    const run = await studio.runs.cancel(id)
    expect(run.status).toBe("cancelled")
    expect(pids.all.filter(isRunning)).toEqual([])
    expect(run.artifacts.map(({ name }) => name).sort()).toEqual(["stderr.txt", "stdout.txt"])
    expect(await readFile(await studio.runs.artifactPath(id, "stderr.txt"), "utf8")).toBe("Warming up\n")
  })

  it("kills the program on a timeout too", async () => {
    await using studio = await open([benching])
    const [run] = await studio.benchmark({ backends: ["a"], entrypoint: "serving", timeoutMs: 1500 })
    expect(run).toMatchObject({ status: "failed", error: { code: "timeout" } })
    expect(pids.all.filter(isRunning)).toEqual([])
  })

  it("comes with the signal of the call", async () => {
    await using studio = await open([hanging])
    const controller = new AbortController()
    const runs = studio.generate({ backends: ["a", "a"], prompt: "p", signal: controller.signal })
    for await (const { event } of studio.events({ after: 0 }))
      if (event.type === "status" && event.status === "running") break
    controller.abort()
    expect((await runs).map(({ status }) => status)).toEqual(["cancelled", "cancelled"])
  })
})

describe("close", () => {
  it("interrupts what it executes, leaves no process, and is idempotent", async () => {
    const studio = await open([benching])
    const { id } = await studio.runs.submit({ backend: "a", request: benchmarkRequest })
    const queued = await studio.runs.submit({ backend: "a", request: benchmarkRequest })
    await running(studio, id)
    const waited = [studio.runs.wait(id), studio.runs.wait(queued.id)]
    await Promise.all([studio.close(), studio.close()])
    expect((await Promise.all(waited)).map((run) => [run.status, run.error?.code])).toEqual([
      ["interrupted", "interrupted"],
      ["interrupted", "interrupted"]
    ])
    expect(pids.all.filter(isRunning)).toEqual([])
    await expect(studio.runs.get(id)).rejects.toMatchObject({ _tag: "StudioError", code: "closed" })
  })

  it("ends live streams", async () => {
    const studio = await open([hanging])
    const entries = studio.events({ after: 0 })
    const read = (async () => {
      let count = 0
      for await (const _ of entries) count++
      return count
    })()
    const { id } = await submit(studio)
    await running(studio, id)
    await studio.close()
    expect(await read).toBeGreaterThan(2)
  })
})

describe("the queue", () => {
  it("runs one at a time on a backend, first come, first served, and backends beside each other", async () => {
    const order: string[] = []
    const noting = scripted("noting", {
      backend: ({ name }) => ({
        async *generate({ prompt }) {
          order.push(`${name}${prompt} begins`)
          yield started
          await new Promise((resolve) => setImmediate(resolve))
          order.push(`${name}${prompt} ends`)
          yield* play(generateResult)
        }
      })
    })
    await using studio = await open([noting], {
      backends: { a: { adapter: "noting", name: "a" }, b: { adapter: "noting", name: "b" } }
    })
    const ids = []
    for (const prompt of ["1", "2", "3"])
      for (const backend of ["a", "b"])
        ids.push((await studio.runs.submit({ backend, request: { generate: { ...generateInput, prompt } } })).id)
    await Promise.all(ids.map((id) => studio.runs.wait(id)))
    for (const name of ["a", "b"])
      expect(order.filter((step) => step.startsWith(name))).toEqual(
        ["1", "2", "3"].flatMap((prompt) => [`${name}${prompt} begins`, `${name}${prompt} ends`])
      )
  })

  it("runs as many at once as it is told", async () => {
    let atOnce = 0
    const most = Promise.withResolvers<void>()
    const crowded = scripted("crowded", {
      backend: () => ({
        async *generate() {
          yield started
          if (++atOnce === 3) most.resolve()
          await most.promise
          yield generateResult
        }
      })
    })
    await using studio = await open([crowded], { concurrencyPerBackend: 3 })
    const runs = await studio.generate({ backends: ["a", "a", "a"], prompt: "p" })
    expect(runs.every(({ status }) => status === "succeeded")).toBe(true)
  })
})

describe("breaking off", () => {
  it("fails the run that has begun by what happened, and leaves those that wait and come as interrupted", async () => {
    await using studio = await open([hanging])
    const [first, second] = [await submit(studio), await submit(studio)]
    await running(studio, first.id)
    await studio.breakOff(new TypeError("x is not a function"))
    const third = await submit(studio)
    expect(await studio.runs.wait(first.id)).toMatchObject({
      status: "failed",
      error: {
        code: "adapter-defect",
        message: "Something failed outside of any call while the adapter hanging worked: TypeError: x is not a function"
      }
    })
    for (const { id } of [second, third])
      expect(await studio.runs.wait(id)).toMatchObject({ status: "interrupted", error: { code: "interrupted" } })
  })

  it("leaves a campaign to be resumed", async () => {
    await using studio = await open([hanging])
    const cases = [{ name: "one", generate: { prompt: "p" } }]
    const { id } = await studio.campaigns.start({ suite: "s", backends: ["a"], cases, repeats: 3 })
    for await (const { event } of studio.events({ after: 0 }))
      if (event.type === "status" && event.status === "running") break
    await studio.breakOff(new Error("x"))
    expect(await studio.campaigns.get(id)).toMatchObject({
      status: "interrupted",
      runs: [{ status: "failed" }, {}, {}]
    })
  })
})

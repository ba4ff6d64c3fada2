import { createServer as createHttpServer } from "node:http"
import { readFile } from "node:fs/promises"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { describe, expect, it } from "vitest"
import type { Run } from "../../src/domain/run.ts"
import { makeEngine } from "../../src/engine/makeEngine.ts"
import type { BackendConfig } from "../../src/engine/StudioOptions.ts"
import { answers, launchable, settings } from "../launchable.ts"
import { isRunning, until } from "../processes.ts"
import { generateRequest, open } from "../scripted.ts"

const pidIn = (log: string): number => Number(/pid (\d+)/u.exec(log)?.[1])

/** The engine itself, whose servers a campaign holds. */
const withEngine = async <A>(
  backends: { readonly [name: string]: BackendConfig },
  use: (engine: Effect.Success<ReturnType<typeof makeEngine>>) => Promise<A>
): Promise<A> => {
  const scope = Scope.makeUnsafe()
  const engine = await Effect.runPromise(
    Scope.provide(makeEngine({ data: ":memory:", adapters: [launchable], backends, env: {} }), scope)
  )
  try {
    return await use(engine)
  } finally {
    await Effect.runPromise(engine.queue.stopAll)
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
}

const logOf = async (studio: { runs: { artifactPath(id: string, name: string): Promise<string> } }, { id }: Run) =>
  readFile(await studio.runs.artifactPath(id, "server.log"), "utf8")

describe("a run on a backend with launch", () => {
  it("starts a server where nothing answers, shows its start, keeps its log, and stops it", async () => {
    const a = await settings({}, { dtype: "f32" })
    await using studio = await open([launchable], { backends: { a } })
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    if (run === undefined) throw new Error("no run")
    expect(run).toMatchObject({ status: "succeeded", fingerprint: { engine: "E" } })
    const log = await logOf(studio, run)
    expect(log).toMatch(/^\$ server --dtype f32\npid \d+ flags --dtype f32\nready\n/u)
    await until(() => !isRunning(pidIn(log)))
    const told: string[] = []
    for await (const { event } of studio.runs.events(run.id)) if (event.type === "log") told.push(event.line)
    expect(told).toContain("ready")
    expect(await answers(Number(a.port))).toBe(false)
  })

  it("is shared by the runs that wait in line, and uses what already answers", async () => {
    const a = await settings()
    await using studio = await open([launchable], { backends: { a } })
    const submitted = await Promise.all(
      [1, 2, 3].map(() => studio.runs.submit({ backend: "a", request: generateRequest }))
    )
    const runs = await Promise.all(submitted.map(({ id }) => studio.runs.wait(id)))
    const pids = new Set(await Promise.all(runs.map(async (run) => pidIn(await logOf(studio, run)))))
    expect(pids.size - (pids.has(Number.NaN) ? 1 : 0)).toBe(1)
    const logs = await Promise.all(runs.map((run) => logOf(studio, run)))
    expect(logs.every((log) => log.startsWith("$ server"))).toBe(true)

    await until(async () => !(await answers(Number(a.port))))
    const mine = createHttpServer((_, response) => response.end("here"))
    await new Promise<void>((resolve) => void mine.listen(Number(a.port), "127.0.0.1", resolve))
    const [foreign] = await studio.generate({ backends: ["a"], prompt: "p" })
    await new Promise((closed) => mine.close(closed))
    expect(foreign).toMatchObject({ status: "succeeded", artifacts: [] })
    const codes = [...runs, foreign!].map(({ validity }) => validity.findings.map(({ code }) => code))
    expect(codes).toEqual([[], [], [], ["server-found"]])
  })

  it("fails with the server's own last words where it does not start, or dies", async () => {
    await using studio = await open([launchable], {
      backends: { fails: await settings({}, { fail: true }), dies: await settings({}, { die: true }) }
    })
    const [failed] = await studio.generate({ backends: ["fails"], prompt: "p" })
    const [died] = await studio.generate({ backends: ["dies"], prompt: "p" })
    expect([failed?.error, died?.error]).toMatchObject([
      { code: "crashed", message: "It ended with 137: RuntimeError: no such model" },
      { code: "crashed", message: "It ended with 137: RuntimeError: out of memory" }
    ])
    if (failed !== undefined) expect(await logOf(studio, failed)).toContain("no such model")
  })

  it("needs no server for an entrypoint that brings its own engine", async () => {
    await using studio = await open([launchable], { backends: { a: await settings({}, { fail: true }) } })
    const [run] = await studio.benchmark({ backends: ["a"], entrypoint: "alone" })
    expect(run).toMatchObject({ status: "succeeded", artifacts: [] })
  })

  it("leaves no process when it is cancelled, whether the server starts or serves", async () => {
    const a = await settings({ hangs: true })
    await using studio = await open([launchable], { backends: { a } })
    const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
    let pid = 0
    for await (const { event } of studio.runs.events(id)) {
      if (event.type === "log" && event.line.startsWith("pid")) pid = pidIn(event.line)
      if (event.type === "status" && event.status === "running") break
    }
    expect(isRunning(pid)).toBe(true)
    expect((await studio.runs.cancel(id)).status).toBe("cancelled")
    await until(() => !isRunning(pid))
  })

  it("refuses a recipe that makes no sense, with its place", async () => {
    const a = { ...(await settings()), launch: { ready_timeout: "soon" } }
    await using studio = await open([launchable], { backends: { a } })
    await expect(studio.generate({ backends: ["a"], prompt: "p" })).rejects.toMatchObject({
      code: "invalid-backend",
      path: "backend.launch.ready_timeout"
    })
  })
})

describe("withServer", () => {
  it("keeps one server up over several runs, and starts another one when its args change", async () => {
    await withEngine(
      { a: await settings({}, { dtype: "f32" }), b: await settings() },
      async ({ servers, backends, runs, store }) => {
        const backend = await Effect.runPromise(backends.resolve("a"))
        const generate = (name: string) =>
          Effect.gen(function* () {
            const { id } = yield* runs.submit({ backend: name, request: generateRequest })
            return yield* runs.wait(id)
          })
        const batch = (dtype: string, names: readonly string[]) =>
          servers.withServer(backend, { dtype }, Effect.forEach(names, generate))
        const all = await Effect.runPromise(
          Effect.forEach([batch("f32", ["a", "a"]), batch("bf16", ["a", "b", "a"])], (one) => one)
        )
        expect(all.flat().map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "succeeded"))
        expect(servers.isOurs("a")).toBe(false)
        const started = await Promise.all(
          all.flat().map(async (run) => {
            const sha = run.artifacts.find(({ name }) => name === "server.log")?.sha256 ?? ""
            const log = await readFile(store.artifactPath(sha), "utf8")
            return /flags (.*)/u.exec(log)?.[1] ?? "shared"
          })
        )
        // One place: the run of b takes it, and the next of a starts its own again.
        expect(started).toEqual(["--dtype f32", "shared", "--dtype bf16", "", "--dtype bf16"])
      }
    )
  })

  it("starts one of its own where the run of somebody else keeps the one before it up", async () => {
    await withEngine({ a: await settings() }, async ({ servers, backends, runs, store }) => {
      const backend = await Effect.runPromise(backends.resolve("a"))
      const submit = runs.submit({ backend: "a", request: generateRequest })
      const [first, foreign, second] = await Effect.runPromise(
        Effect.gen(function* () {
          const [held, inLine] = yield* servers.withServer(
            backend,
            {},
            Effect.tap(Effect.all([submit, submit]), ([{ id }]) => runs.wait(id))
          )
          const next = yield* servers.withServer(
            backend,
            {},
            Effect.tap(submit, ({ id }) => runs.wait(id))
          )
          return yield* Effect.all([runs.wait(held.id), runs.wait(inLine.id), runs.wait(next.id)])
        })
      )
      expect([first.status, foreign.status, second.status]).toEqual(["succeeded", "succeeded", "succeeded"])
      const sha = (run: Run) => run.artifacts.find(({ name }) => name === "server.log")?.sha256 ?? ""
      const pids = await Promise.all(
        [first, second].map(async (run) => pidIn(await readFile(store.artifactPath(sha(run)), "utf8")))
      )
      expect(pids[1]).toBeGreaterThan(0)
      expect(pids[1]).not.toBe(pids[0])
    })
  })

  it("refuses a backend without launch", async () => {
    await withEngine({ a: { adapter: "engine", port: 1 } }, async ({ servers, backends }) => {
      const backend = await Effect.runPromise(backends.resolve("a"))
      const refused = await Effect.runPromise(Effect.flip(servers.withServer(backend, {}, Effect.void)))
      expect(refused).toMatchObject({ code: "cannot-launch" })
    })
  })
})

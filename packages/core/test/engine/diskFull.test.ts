import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import type { RunEvent } from "../../src/adapter/Adapter.ts"
import type { Studio } from "../../src/engine/Studio.ts"
import { temporaryFolder } from "../store/temporaryFolder.ts"
import { open, play, generateResult, scripted, started, benchmarkRequest, generateRequest } from "../scripted.ts"

/** A file system of that size in memory; null where this user may not mount one. */
const smallDisk = (mebibytes: number): string | null => {
  const folder = join(temporaryFolder(), "disk")
  mkdirSync(folder)
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder], { stdio: "ignore" })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder]))
  return folder
}

/** Takes all that is left. */
const fill = (disk: string): (() => void) => {
  const ballast = join(disk, "ballast")
  const block = Buffer.alloc(4096)
  try {
    for (;;) writeFileSync(ballast, block, { flag: "a" })
  } catch {
    return () => rmSync(ballast)
  }
}

const printing = scripted("printing", {
  backend: () => ({
    async *benchmark(_, { spawn }) {
      yield started
      await spawn([process.execPath, "-e", `process.stdout.write("x".repeat(64_000_000))`], { env: {} }).exit
      yield* play({ type: "result", result: { kind: "benchmark", metrics: {}, raw: null } })
    }
  })
})

/** An adapter that tells these events once it is let go. */
const waiting = (told: Promise<void>, ...events: readonly RunEvent[]) =>
  scripted("slow", {
    backend: () => ({
      async *generate() {
        yield started
        await told
        yield* play(...events)
      }
    })
  })

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Nothing half-written: no file on its way, and every artifact is what its name says. */
const expectWhole = (data: string) => {
  expect(files(join(data, "tmp"))).toEqual([])
  for (const file of files(join(data, "artifacts")))
    expect(file.endsWith(createHash("sha256").update(readFileSync(file)).digest("hex"))).toBe(true)
}

const isWorking = async (studio: Studio) => {
  const { id } = await studio.runs.submit({ backend: "b", request: generateRequest })
  return (await studio.runs.wait(id)).status
}

const backends = { a: { adapter: "printing" }, b: { adapter: "quick" } }

describe("a full disk (needs a user who may mount a small one)", () => {
  it("while a program's output is kept: the run fails and says so, and nothing of it is left", async (test) => {
    const data = smallDisk(16) ?? test.skip()
    await using studio = await open([printing, scripted("quick")], { data, backends })
    const { id } = await studio.runs.submit({ backend: "a", request: benchmarkRequest })
    const run = await studio.runs.wait(id)
    expect(run).toMatchObject({
      status: "failed",
      error: {
        code: "full",
        message: expect.stringContaining("The disk is full"),
        hint: "Free some space, or choose another data folder with --data."
      },
      artifacts: []
    })
    expectWhole(data)
    expect(await isWorking(studio)).toBe("succeeded")
  })

  it("while the end of a run is stored: whoever waits hears of it, and it is stored once there is space", async (test) => {
    const data = smallDisk(8) ?? test.skip()
    const told = Promise.withResolvers<void>()
    const slow = waiting(told.promise, ...Array.from({ length: 2000 }, (_, index) => token(index)), generateResult)
    await using studio = await open([slow, scripted("quick")], {
      data,
      backends: { a: { adapter: "slow" }, b: backends.b }
    })
    const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
    for await (const { event } of studio.runs.events(id))
      if (event.type === "status" && event.status === "running") break
    const free = fill(data)
    told.resolve()
    await expect(studio.runs.wait(id)).rejects.toMatchObject({
      code: "full",
      hint: "Free some space, or choose another data folder with --data."
    })
    await expect(studio.runs.submit({ backend: "b", request: generateRequest })).rejects.toMatchObject({ code: "full" })
    free()
    expect((await studio.runs.wait(id)).status).toMatch(/^(?:succeeded|failed)$/u)
    expectWhole(data)
    expect(await isWorking(studio)).toBe("succeeded")
  })
})

it("while a campaign ends: whoever waits hears of it, and it comes to rest once there is space (needs a user who may mount a small disk)", async (test) => {
  const data = smallDisk(8) ?? test.skip()
  const told = Promise.withResolvers<void>()
  await using studio = await open([waiting(told.promise, generateResult)], {
    data,
    backends: { a: { adapter: "slow" } }
  })
  const cases = [{ name: "prompt", generate: { prompt: "p" } }]
  const { id } = await studio.campaigns.start({ suite: "s", backends: ["a"], cases, repeats: 1 })
  const isRunning = async () => (await studio.runs.list({ status: "running" })).items.length > 0
  await expect.poll(isRunning).toBe(true)
  const free = fill(data)
  told.resolve()
  await expect(studio.campaigns.wait(id)).rejects.toMatchObject({ code: "full" })
  free()
  await expect.poll(async () => (await studio.campaigns.get(id)).status, { timeout: 20_000 }).not.toBe("running")
  await studio.campaigns.wait(id)
}, 30_000)

it("while something is imported: it can be imported again (needs a user who may mount a small disk)", async (test) => {
  const data = smallDisk(16) ?? test.skip()
  writeFileSync(join(data, "ballast"), Buffer.alloc(12 * 1024 * 1024))
  const file = join(temporaryFolder(), "r.jsonl")
  writeFileSync(file, "{}\n")
  let count = 50_000
  const sample = { startMs: 0, ttftMs: 1, itlMs: null, e2eMs: 2, inputTokens: 1, outputTokens: 1, error: null }
  const importer = scripted("importer", {
    importers: [
      {
        name: "any",
        read: () => [
          {
            engine: null,
            request: { entrypoint: "serving", set: {} },
            result: { kind: "benchmark", metrics: {}, raw: null },
            findings: [],
            samples: Array.from({ length: count }, () => sample),
            fingerprint: null,
            error: null,
            line: null,
            identity: "it"
          }
        ]
      }
    ]
  })
  await using studio = await open([importer], { data })
  await expect(studio.import([file])).rejects.toMatchObject({ code: "full" })
  const { items } = await studio.runs.list()
  expect(items.map(({ status }) => status)).toEqual(["interrupted"])
  expectWhole(data)
  rmSync(join(data, "ballast"))
  count = 1
  expect(await studio.import([file])).toMatchObject({ runs: [{ status: "succeeded" }], skipped: [] })
  expect((await studio.import([file])).skipped).toMatchObject([{ reason: "duplicate" }])
})

const token = (index: number) => ({ type: "token", index, id: index, text: " word".repeat(50), logprob: -1 }) as const

import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { generateRequest, hang, open, scripted } from "../scripted.ts"
import { isRunning, until } from "../processes.ts"

const folder = await mkdtemp(join(tmpdir(), "studio-processes-"))
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Told {
  readonly id?: string
  readonly status?: string
  readonly log?: string
}

/** A studio in another process; `told` resolves with the first thing it says that fits. */
const other = (data: string, task: string) => {
  const script = join(import.meta.dirname, "../fixtures/studioProcess.ts")
  const child = spawn(process.execPath, ["--conditions=@sglang-studio/source", script, data, task], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const all: Told[] = []
  createInterface({ input: child.stdout }).on("line", (line) => all.push(JSON.parse(line)))
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve))
  const told = async (fits: (one: Told) => boolean): Promise<Told> => {
    await until(() => all.some(fits))
    return all.find(fits) ?? {}
  }
  return { child, told, ended, all }
}
const quick = scripted("s")
const hanging = scripted("s", { backend: () => ({ generate: (_, { signal }) => hang(signal) }) })

describe("two studios on one data folder", () => {
  it("see each other's runs, and a run of one can be waited for and cancelled from the other", async () => {
    const data = join(folder, "shared")
    await using studio = await open([quick], { data })
    const statuses: string[] = []
    const stream = studio.events()
    const live = stream[Symbol.asyncIterator]()
    const first = live.next()
    const process = other(data, "generate")
    const { id = "" } = await process.told(({ status }) => status === "running")
    for (let entry = await first; !entry.done; entry = await live.next()) {
      expect(entry.value.runId).toBe(id)
      if (entry.value.event.type === "status") statuses.push(entry.value.event.status)
      if (statuses.at(-1) === "running") break
    }
    expect(statuses).toEqual(["starting", "running"])

    const waited = studio.runs.wait(id)
    expect((await studio.runs.cancel(id)).status).toBe("cancelled")
    expect((await waited).status).toBe("cancelled")
    expect(await process.ended).toBe(0)
    const events = []
    for await (const { event } of studio.runs.events(id, { after: 1 })) events.push(event.type)
    expect(events[0]).not.toBe("created")
    expect(events.at(-1)).toBe("status")
  })

  it("leave each other's runs alone when they close", async () => {
    const data = join(folder, "alone")
    const one = await open([hanging], { data })
    const two = await open([hanging], { data })
    const { id } = await one.runs.submit({ backend: "a", request: generateRequest })
    for await (const { event } of two.runs.events(id)) if (event.type === "status" && event.status === "running") break
    await two.close()
    expect((await one.runs.get(id)).status).toBe("running")
    await one.close()
  })

  it("find out that the other was killed, and no child outlives it", async () => {
    const data = join(folder, "killed")
    const process = other(data, "benchmark")
    const { id = "" } = await process.told(({ status }) => status === "running")
    const pids = process.all.flatMap(({ log }) => (log === undefined ? [] : [Number(log.split(" ")[1])]))
    expect(pids.filter(isRunning)).toHaveLength(2)

    await using before = await open([quick], { data })
    expect((await before.runs.get(id)).status).toBe("running")
    const waited = before.runs.wait(id)
    process.child.kill("SIGKILL")
    expect(await waited).toMatchObject({ status: "interrupted", error: { code: "interrupted" } })
    const lines = []
    for await (const { event } of before.runs.events(id)) if (event.type === "log") lines.push(event.line)
    expect(lines).toEqual([`leader ${pids[0]}`, `child ${pids[1]}`])
    await until(() => !pids.some(isRunning))
  })
})

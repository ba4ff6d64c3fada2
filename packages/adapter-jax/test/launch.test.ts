import { isAdapterError, type LaunchEvent, type LaunchRecipe } from "@sglang-studio/core/adapter"
import { fakePython, testContext } from "@sglang-studio/sglang-wire/testing"
import { readFileSync } from "node:fs"
import { get } from "node:http"
import { createServer, type AddressInfo } from "node:net"
import { describe, expect, test } from "vitest"
import { jaxAdapter } from "../src/index.ts"
import { golden } from "./backend.ts"

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
const isRunning = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}

interface Launched {
  readonly events: readonly LaunchEvent[]
  readonly error: unknown
  readonly argv: readonly string[]
}

/** Starts a server and follows it to its end, or until `until` says stop. */
const launch = async (
  args: LaunchRecipe["args"],
  {
    port,
    until = () => false,
    settings = {}
  }: { port?: number; until?: (event: LaunchEvent) => boolean; settings?: object } = {}
): Promise<Launched> => {
  const controller = new AbortController()
  await using lent = testContext(controller.signal)
  const url = `http://127.0.0.1:${port ?? (await freePort())}`
  const checked = await jaxAdapter.config["~standard"].validate({
    url,
    python: fakePython,
    model: "/models/m",
    ...settings
  })
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
  const backend = await jaxAdapter.open(checked.value)
  const events: LaunchEvent[] = []
  const told = backend.launch?.({ args, env: {}, readyTimeoutMs: 10_000 }, lent.context)
  try {
    for await (const event of told ?? []) {
      events.push(event)
      if (until(event)) controller.abort()
    }
    return { events, error: null, argv: lent.spawned[0]?.argv ?? [] }
  } catch (error) {
    return { events, error, argv: lent.spawned[0]?.argv ?? [] }
  } finally {
    await backend.close()
  }
}
const kill = (url: string) => void get(`${url}/die`, (response) => response.resume())
const isReady = (event: LaunchEvent) => event.type === "ready"

describe("a server that starts", () => {
  test("is ready on its own port, tells what it prints, and is gone with everything that it started", async () => {
    const port = await freePort()
    const { events, error, argv } = await launch({ dtype: "float32", context_length: 256 }, { port, until: isReady })
    expect(error).toMatchObject({ name: "AbortError" })
    expect(events.at(-1)).toEqual({ type: "ready", url: `http://127.0.0.1:${port}` })
    expect(argv.slice(1).join(" ")).toBe(
      `-m sgl_jax.launch_server --model-path /models/m --dtype float32 --context-length 256 --host 127.0.0.1 --port ${port}`
    )
    const lines = events.flatMap((event) => (event.type === "log" ? [event.line] : []))
    expect(lines[0]).toMatch(/^\$ .*-m sgl_jax.launch_server/)
    const pids =
      lines
        .join("\n")
        .match(/(?<=pids )\d+ \d+/)?.[0]
        .split(" ") ?? []
    expect(pids).toHaveLength(2)
    expect(pids.filter((pid) => isRunning(Number(pid)))).toEqual([])
  })

  test("and dies in use tells its last error, not its exit code alone", async () => {
    const { events, error } = await launch({}, { until: (event) => (event.type === "ready" && kill(event.url), false) })
    expect(events.some(isReady)).toBe(true)
    expect(error).toMatchObject({
      reason: "crashed",
      message: "The server ended while it was in use (exit code 137): RuntimeError: it is gone"
    })
  })
})

describe("a port that is taken", () => {
  const listener = async () => {
    const server = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())) }
  }

  test("is refused before anything is started", async () => {
    await using taken = await listener()
    const { events, error, argv } = await launch({}, { port: taken.port })
    expect({ events, argv }).toEqual({ events: [], argv: [] })
    expect(error).toMatchObject({
      reason: "invalid-request",
      message: expect.stringContaining("something listens there")
    })
  })

  test.runIf(process.platform === "linux")("is not reported ready because another server answers", async () => {
    const { events, error } = await launch({ "served-model-name": "another-answers" })
    expect(events.some(isReady)).toBe(false)
    expect(error).toMatchObject({ message: expect.stringContaining("something listens there") })
  })

  test("on another machine is no place to start a server", async () => {
    const { error } = await launch({}, { settings: { url: "http://192.0.2.1:30000" } })
    expect(error).toMatchObject({ message: expect.stringContaining("192.0.2.1 is no address of this machine") })
  })
})

describe("a server that does not start, by its log", () => {
  test.each([
    ["port-in-use", 1, "something listens there already"],
    ["wrong-model-path", 1, "The server found no model at /models/no-such-model."],
    ["no-weights", 137, "(exit code 137): RuntimeError: Cannot find any *.safetensors files in /models/noweights"],
    ["unknown-architecture", 137, "(exit code 137): ValueError: Cannot find model module. 'NoSuchForCausalLM'"],
    ["bad-flag", 2, "The server refused its flags: argument --attention-backend: invalid choice: 'bogus'"]
  ])("%s", async (name, code, message) => {
    const { events, error } = await launch({ "served-model-name": golden(`launch/${name}.txt`), "tp-size": code })
    expect(events.some(isReady)).toBe(false)
    expect(error).toMatchObject({ message: expect.stringContaining(message) })
  })

  test("a setting that would put it elsewhere is refused", async () => {
    const { error } = await launch({ port: 1 })
    expect(isAdapterError(error) ? error.message : error).toContain("is not that of the backend's url")
  })

  test("without a model", async () => {
    const { error } = await launch({}, { settings: { model: undefined } })
    expect(error).toMatchObject({ reason: "invalid-request", hint: expect.stringContaining("`model`") })
  })
})

import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { spawn as spawnNode } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { text } from "node:stream/consumers"
import type { Adapter, Child } from "@sglang-studio/core/adapter"
import { adapterLaws, runLaws } from "@sglang-studio/core/testing"
import { describe, expect, test } from "vitest"
import echo from "./index.js"
import { nothingAt, postJson, runProgram } from "./recipes.js"

const signal = new AbortController().signal

const withServer = async <A>(listener: RequestListener, use: (url: string) => Promise<A>): Promise<A> => {
  const server = createServer(listener).listen(0, "127.0.0.1")
  await once(server, "listening")
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
}

describe("postJson", () => {
  const ask = (url: string) => postJson(url, { question: 1 }, { signal })

  test("gives the answer", async () => {
    const echo: RequestListener = (request, response) => void request.pipe(response)
    expect(await withServer(echo, ask)).toEqual({ question: 1 })
  })

  test.each([
    ["invalid-request", 400, "no such model"],
    ["crashed", 500, "out of memory"],
    ["protocol", 200, "<html>"]
  ])("%s when the engine answers %i %j", async (reason, status, body) => {
    const asked = withServer((_, response) => response.writeHead(status).end(body), ask)
    await expect(asked).rejects.toMatchObject({ _tag: "AdapterError", reason, detail: body })
  })

  test("unreachable when nothing listens", async () => {
    const url = await withServer(
      () => {},
      async (free) => free
    )
    await expect(ask(url)).rejects.toMatchObject({ _tag: "AdapterError", reason: "unreachable" })
  })
})

describe("runProgram", () => {
  const logged: string[] = []
  const context = { spawn, log: (line: string) => void logged.push(line) }

  test("logs lines as they come and reads the last one", async () => {
    const code = "console.log('warming up'); console.log(JSON.stringify({ rate: 7 }))"
    expect(await runProgram([process.execPath, "-e", code], context)).toEqual({ rate: 7 })
    expect(logged).toContain("warming up")
  })

  test("tells how a program ended", async () => {
    const failing = runProgram([process.execPath, "-e", "console.error('no device'); process.exit(3)"], context)
    await expect(failing).rejects.toMatchObject({ reason: "crashed", detail: "no device\n" })
  })
})

test("nothingAt is a whole probe", async () => {
  const absent: Adapter = {
    ...echo,
    open: async (settings) => ({
      ...(await echo.open(settings)),
      probe: async () => nothingAt("http://127.0.0.1:1", "ECONNREFUSED")
    })
  }
  const laws = await runLaws(adapterLaws({ adapter: absent }))
  expect(laws.filter(({ status }) => status === "fail")).toEqual([])
  expect(laws.find(({ name }) => name.startsWith("probe answers"))?.status).toBe("pass")
})

/** What a recipe needs of the studio's `context.spawn`. */
function spawn([file, ...args]: readonly [string, ...string[]]): Child {
  const child = spawnNode(file, args, { cwd: tmpdir(), stdio: ["ignore", "pipe", "pipe"] })
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const lines = async function* () {
    for await (const line of createInterface({ input: child.stdout })) yield { source: "stdout" as const, line }
  }
  const exit = once(child, "exit").then(async ([code, by]) => ({
    code,
    signal: by,
    stdout: await stdout,
    stderr: await stderr
  }))
  return { pid: child.pid, lines: lines(), exit, kill: async () => void child.kill() }
}

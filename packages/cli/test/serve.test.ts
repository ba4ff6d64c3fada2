import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { startServer, startStudio, studio, temporaryFolder, until } from "./studio.ts"

const post = (url: string, body: unknown) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })

const score = { score: { query: "Q", items: [" x"], labels: [" yes", " no"] } }

describe("serve", () => {
  test("runs what it is asked over HTTP", async () => {
    const { url } = await startServer(temporaryFolder())
    const created = await post(`${url}/api/v1/runs`, { backend: "a=mock:clean", request: score })
    expect(created.status).toBe(201)
    const { id } = (await created.json()) as { id: string }
    const done = await until(async () => {
      const run = (await (await fetch(`${url}/api/v1/runs/${id}`)).json()) as {
        status: string
        score: { scores: number[][] } | null
      }
      return run.status === "succeeded" ? run : null
    })
    expect(done.score?.scores[0]).toHaveLength(2)
  })

  test("a second one on the same data prints the URL of the first", async () => {
    const cwd = temporaryFolder()
    const first = await startServer(cwd)
    const second = studio(cwd, ["serve", "--json"])
    expect(second.status).toBe(0)
    expect(second.json().url).toBe(first.url)
  })

  test("where its name cannot be written beside the data it ends, and holds no port", async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, ".studio", "server.json"), { recursive: true })
    const child = startStudio(cwd, ["serve", "--port", "0", "--data", ".studio", "--json"])
    const said = new Promise<string>((resolve) => child.stdout?.once("data", (bytes) => resolve(String(bytes))))
    const exit = new Promise((resolve) => child.once("exit", resolve))
    const { error } = JSON.parse(await said)
    expect(error.code).toBe("io")
    expect(error.message).toMatch(/server\.json cannot be written/u)
    expect(await exit).toBe(4)
  })

  test.each(["itself", "another one"])(
    "at its end server.json goes where it names itself and stays where it does not: %s",
    async (who) => {
      const { child, exit, data_dir: data, ...own } = await startServer(temporaryFolder())
      const file = join(data, "server.json")
      const named = who === "itself" ? readFileSync(file, "utf8") : JSON.stringify({ ...own, pid: own.pid + 1 })
      writeFileSync(file, named)
      child.kill("SIGTERM")
      await exit
      expect(existsSync(file) && readFileSync(file, "utf8")).toBe(who === "itself" ? false : named)
    }
  )

  test("off loopback it wants a token", () => {
    const { status, json } = studio(temporaryFolder(), ["serve", "--host", "0.0.0.0", "--json"])
    expect(status).toBe(2)
    expect(json().error.code).toBe("token-required")
  })

  test("a foreign Host is refused", async () => {
    const { url } = await startServer(temporaryFolder())
    const { status, type } = await ask(url, { host: "evil" })
    expect([status, type]).toEqual([403, "application/problem+json"])
  })

  test("Ctrl-C ends it, and its runs, and it leaves its data in order", async () => {
    const cwd = temporaryFolder()
    const { url, child, exit } = await startServer(cwd)
    const { id } = (await (await post(`${url}/api/v1/runs`, { backend: "a=mock:hang", request: score })).json()) as {
      id: string
    }
    child.kill("SIGINT")
    expect(await exit).toBe(0)
    expect(["cancelled", "interrupted"]).toContain(studio(cwd, ["runs", "show", id, "--json"]).json().status)
  })

  test("kill -9 leaves a run that is found interrupted, with its log", async () => {
    const cwd = temporaryFolder()
    const { url, child, exit } = await startServer(cwd)
    const { id } = (await (await post(`${url}/api/v1/runs`, { backend: "a=mock:hang", request: score })).json()) as {
      id: string
    }
    await until(async () => {
      const run = (await (await fetch(`${url}/api/v1/runs/${id}`)).json()) as { status: string }
      return run.status === "running" ? run : null
    })
    child.kill("SIGKILL")
    await exit
    const { status, json } = studio(cwd, ["runs", "show", id, "--json"])
    expect([status, json().status]).toEqual([0, "interrupted"])
  })

  test("a command line beside it leaves its runs alone, and shows up in it", async () => {
    const cwd = temporaryFolder()
    const { url } = await startServer(cwd)
    const { id } = (await (await post(`${url}/api/v1/runs`, { backend: "a=mock:hang", request: score })).json()) as {
      id: string
    }
    const { runs } = studio(cwd, [
      "score",
      "--backend",
      "b=mock:clean",
      "--query",
      "Q",
      "--item",
      " x",
      "--label",
      " yes",
      "--json"
    ]).json()
    const { items } = (await (await fetch(`${url}/api/v1/runs`)).json()) as {
      items: readonly { id: string; status: string }[]
    }
    expect(items.find((run) => run.id === runs[0].id)?.status).toBe("succeeded")
    expect(["queued", "starting", "running"]).toContain(items.find((run) => run.id === id)?.status)
  })

  test("a run of the server is cancelled from the command line", async () => {
    const cwd = temporaryFolder()
    const { url } = await startServer(cwd)
    const { id } = (await (await post(`${url}/api/v1/runs`, { backend: "a=mock:hang", request: score })).json()) as {
      id: string
    }
    expect(studio(cwd, ["runs", "cancel", id, "--json"]).json().status).toBe("cancelled")
  })

  test("the worked example is there once, however often it is asked for", async () => {
    const cwd = temporaryFolder()
    for (const _ of [1, 2]) {
      const { url, child, exit } = await startServer(cwd, ["--demo"])
      const { items } = (await (await fetch(`${url}/api/v1/compares`)).json()) as {
        items: readonly { outcome: string; sentence: string }[]
      }
      expect(items.map(({ outcome }) => outcome).toSorted()).toEqual(["fail", "pass"])
      expect(items.find(({ outcome }) => outcome === "fail")?.sentence).toContain("9 of 12")
      child.kill("SIGINT")
      await exit
    }
    const { items } = studio(cwd, ["runs", "list", "--limit", "1000", "--json"]).json()
    expect(items.filter((run: { provenance: string }) => run.provenance === "mock")).toHaveLength(1)
    expect(items.filter((run: { imported: unknown }) => run.imported !== null)).toHaveLength(132)
  })
})

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s during a score cancels it and says 130", async (signal) => {
  const cwd = temporaryFolder()
  const child = startStudio(cwd, [
    "score",
    "--backend",
    "a=mock:hang",
    "--query",
    "Q",
    "--item",
    " x",
    "--label",
    " yes",
    "--json"
  ])
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve))
  const id = await until(() => {
    const { status, stdout } = studio(cwd, ["runs", "list", "--status", "running", "--json"])
    return status === 0 ? ((JSON.parse(stdout).items[0]?.id as string | undefined) ?? null) : null
  })
  child.kill(signal)
  expect(await exit).toBe(130)
  expect(studio(cwd, ["runs", "show", id, "--json"]).json().status).toBe("cancelled")
})

function ask(
  url: string,
  headers: Record<string, string>
): Promise<{ status: number | undefined; type: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/runs`, { headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode, type: response.headers["content-type"]?.split(";")[0] })
    })
      .on("error", reject)
      .end()
  })
}

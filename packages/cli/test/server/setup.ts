import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { mockAdapter } from "@sglang-studio/adapter-mock"
import { openStudio, type Studio } from "@sglang-studio/core"
import { defineAdapter, type Adapter } from "@sglang-studio/core/adapter"
import type { RunRequest } from "@sglang-studio/core/domain"
import { onTestFinished } from "vitest"
import { createApp, type AppOptions } from "../../src/server/app.ts"

export const score = { query: "Q", items: [" x", " y"], labels: [" yes", " no"] }

export const scoreRequest: RunRequest = {
  score: { ...score, labelTokenIds: null, applySoftmax: false, itemFirst: false, oneByOne: false, mask: null }
}

/** What the adapter below leaves behind: a page that would run a script if it were ever shown as one. */
export const page = "<!doctype html><script>alert(1)</script>"

/** Writes a file beside its answer. */
const writer: Adapter<unknown> = defineAdapter({
  api: 1,
  name: "writer",
  version: "1.0.0",
  supports: { operations: ["generate"], entrypoints: [], masks: [] },
  config: { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } },
  open: async () => ({
    probe: async () => ({
      reachable: true,
      server: "writer",
      decidedBy: "it says so",
      fingerprint: null,
      capabilities: [],
      notes: []
    }),
    async *generate(_request, context) {
      yield { type: "started" }
      const stream = (await context.artifact("page.html", "other", "text/html")).getWriter()
      await stream.write(new TextEncoder().encode(page))
      await stream.close()
      const file = (await context.artifact("data.bin", "other", "application/x-thing")).getWriter()
      await file.write(new Uint8Array([0, 1, 2, 3]))
      await file.close()
      yield {
        type: "result",
        result: { kind: "generate", output: { text: "x", tokenIds: [1] }, metrics: {}, raw: null }
      }
    },
    close: async () => {}
  })
})

/** A studio of this test's own: two mocks that differ, one that never answers, and one that writes files. */
export const openTestStudio = async (): Promise<Studio> => {
  const data = mkdtempSync(join(tmpdir(), "studio-server-"))
  const studio = await openStudio({
    data,
    adapters: [mockAdapter, writer],
    backends: {
      a: { adapter: "mock", scenario: "clean", seed: 1 },
      b: { adapter: "mock", scenario: "bos-missing", seed: 1 },
      stuck: { adapter: "mock", scenario: "hang" },
      files: { adapter: "writer" }
    }
  })
  onTestFinished(async () => {
    await studio.close()
    rmSync(data, { recursive: true, force: true })
  })
  return studio
}

export const port = 5173

/** The app without a socket. `ask` speaks as a browser on this machine would. */
export const openApp = async (options: Partial<AppOptions> = {}) => {
  const studio = await openTestStudio()
  const app = createApp(studio, {
    host: "127.0.0.1",
    port,
    token: null,
    version: "1.2.3",
    uiDir: "/nowhere",
    stopping: new AbortController().signal,
    ...options
  })
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: {
        host: `127.0.0.1:${port}`,
        ...(method === "GET" ? {} : { "content-type": "application/json" }),
        ...headers
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
    })
  const read = async (method: string, path: string, body?: unknown) => {
    const response = await ask(method, `/api/v1${path}`, body)
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      json: JSON.parse(await response.text())
    }
  }
  return { studio, app, ask, read }
}

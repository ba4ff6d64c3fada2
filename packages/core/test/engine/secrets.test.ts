import { execFileSync } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import { generateRequest, generateResult, open, probeOf, scripted, started } from "../scripted.ts"

const folder = await mkdtemp(join(tmpdir(), "studio-secrets-"))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Files under a folder that hold a text; grep ends with 1 when there are none. */
const filesWith = (data: string, text: string): string => {
  try {
    return execFileSync("grep", ["-rl", "--", text, data], { encoding: "utf8" })
  } catch {
    return ""
  }
}

/** An engine that leaks its key through every hole there is, also cut in two. */
const leaky = scripted("leaky", {
  reproduce: () => ({ curl: "curl -H 'Authorization: Bearer planted-key' http://x", python: null }),
  backend: ({ api_key }) => ({
    probe: async () => ({
      ...probeOf("leaky", { server: `key ${String(api_key)}`, notes: ["api_key=planted-key"] }),
      fingerprint: {
        ...probeOf("leaky").fingerprint!,
        flags: { api_key: String(api_key), max_new_tokens: 5, url: "http://me:planted-key@host" }
      }
    }),
    async *generate(_, context) {
      context.log("ServerArgs(api_key='planted-key', eos_token='</s>')")
      context.log("the word is planted-key")
      const child = context.spawn(
        [
          process.execPath,
          "-e",
          "process.stdout.write('--api-key plan'); setTimeout(() => console.log('ted-key --port 1'), 30)"
        ],
        { env: {} }
      )
      await child.exit
      const file = (await context.artifact("raw.json", "raw-result", "application/json")).getWriter()
      await file.write(new TextEncoder().encode('{"server_info": {"admin_api_key": "other-planted'))
      await file.write(new TextEncoder().encode('-key", "n": 1}}\n'))
      await file.close()
      yield started
      yield {
        type: "finding",
        finding: {
          code: "drift",
          severity: "info",
          message: "see planted-key",
          evidence: { hf_token: "planted-token" }
        }
      }
      yield {
        ...generateResult,
        result: {
          kind: "generate",
          output: { text: "hi", tokenIds: [1] },
          metrics: {},
          raw: { api_key: "planted-key", list: ["planted-key"] }
        }
      }
    }
  })
})

describe("secrets", () => {
  it("are nowhere in the data folder, and the run says that they were taken out", async () => {
    const data = join(folder, "data")
    const settings = { adapter: "leaky", api_key: "planted-key", url: "http://host" }
    {
      await using studio = await open([leaky], { data, backends: { a: settings } })
      await studio.backends.add("b", settings)
      await studio.backends.probe("b")
      const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
      const run = await studio.runs.wait(id)
      expect(run.status).toBe("succeeded")
      expect(run.fingerprint?.flags).toEqual({
        api_key: "[redacted]",
        max_new_tokens: 5,
        url: "http://me:[redacted]@host"
      })
      expect(run.rawMetrics).toEqual({ api_key: "[redacted]", list: ["[redacted]"] })
      expect(run.reproduce.curl).toBe("curl -H 'Authorization: Bearer [redacted]' http://x")
      expect(run.validity.findings.map(({ code }) => code)).toContain("secret-redacted")
      expect(await readFile(await studio.runs.artifactPath(id, "stdout.txt"), "utf8")).toBe(
        "--api-key [redacted] --port 1\n"
      )
      expect(JSON.parse(await readFile(await studio.runs.artifactPath(id, "raw.json"), "utf8"))).toEqual({
        server_info: { admin_api_key: "[redacted]", n: 1 }
      })
      expect(filesWith(data, "planted")).toBe("")
    }
    expect(filesWith(data, "planted")).toBe("")
    expect(filesWith(data, "redacted")).not.toBe("")
  })

  it("of the environment and of errors are kept out too", async () => {
    const data = join(folder, "errors")
    const failing = scripted("failing", {
      backend: () => ({
        async *generate() {
          yield started
          throw new AdapterError({
            reason: "crashed",
            message: "It said hush-hush",
            hint: "password=planted-word",
            detail: "HF_TOKEN=planted-token"
          })
        }
      })
    })
    await using studio = await open([failing], { data, env: { HF_TOKEN: "hush-hush" } })
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    expect(run?.error).toEqual({ code: "crashed", message: "It said [redacted]", hint: "password=[redacted]" })
    expect(filesWith(data, "planted\\|hush-hush")).toBe("")
  })
})

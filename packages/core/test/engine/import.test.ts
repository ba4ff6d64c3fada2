import { execFileSync } from "node:child_process"
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { gzipSync } from "node:zlib"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import type { Importer } from "../../src/adapter/Adapter.ts"
import { open, scripted } from "../scripted.ts"

const folder = await mkdtemp(join(tmpdir(), "studio-import-"))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Reads `result.jsonl`-like files whose lines are `{"bench": N}`. */
const importer: Importer = {
  name: "lines",
  read: ({ files }) => {
    const file = files.find(({ name }) => name.endsWith(".jsonl"))
    if (file === undefined || !file.text.includes('"bench"')) return null
    return file.text.split("\n").flatMap((text, index) => {
      if (text === "") return []
      const line = index + 1
      if (!text.endsWith("}"))
        throw new AdapterError({
          reason: "protocol",
          message: `line ${line} is cut off: ${text}`,
          hint: "Complete it."
        })
      const raw = JSON.parse(text)
      if (raw.bench === null) return { line, skipped: "it was never measured" }
      return {
        engine: "lines",
        request: { entrypoint: "serving", set: { "num-prompts": raw.bench } },
        result: { kind: "benchmark", metrics: {}, raw },
        findings: [],
        samples: [],
        fingerprint: null,
        error: raw.failed === true ? { code: "crashed", message: "It failed there.", hint: null } : null,
        line,
        identity: text,
        provenance: raw.mock === true ? "mock" : "unknown"
      }
    })
  }
}
const adapter = scripted("s", { importers: [importer] })

const write = async (path: string, text: string | Buffer) => {
  await mkdir(join(folder, path, ".."), { recursive: true })
  await writeFile(join(folder, path), text)
  return join(folder, path)
}

describe("import", () => {
  it("takes a folder as one source, keeps its files, and takes the same content once", async () => {
    await write("one/command.txt", "python -m bench --num-prompts 3\n")
    await write("one/stdout.txt", "done\n")
    await write("one/result.jsonl", '{"bench": 3}\n')
    await using studio = await open([adapter])
    const { runs, skipped } = await studio.import([join(folder, "one")])
    expect(skipped).toEqual([])
    expect(runs).toMatchObject([
      {
        status: "succeeded",
        provenance: "unknown",
        adapter: "s",
        request: { benchmark: { entrypoint: "serving", set: { "num-prompts": 3 } } },
        rawMetrics: { bench: 3 },
        imported: { from: "one", sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) }
      }
    ])
    expect(runs[0]?.artifacts.map(({ name, kind }) => [name, kind])).toEqual([
      ["command.txt", "command"],
      ["result.jsonl", "raw-result"],
      ["stdout.txt", "log"]
    ])
    expect(await readFile(await studio.runs.artifactPath(runs[0]?.id ?? "", "stdout.txt"), "utf8")).toBe("done\n")
    expect(await studio.import([join(folder, "one"), join(folder, "one/result.jsonl")])).toEqual({
      runs: [],
      skipped: [
        { path: join(folder, "one"), line: 1, reason: "duplicate" },
        { path: join(folder, "one/result.jsonl"), line: 1, reason: "duplicate" }
      ]
    })
    await expect(studio.runs.repeat(runs[0]?.id ?? "")).rejects.toMatchObject({ code: "cannot-repeat" })
  })

  it("walks folders of folders, and says why it leaves something out", async () => {
    await write("many/a/result.jsonl", '{"bench": 10}\n{"bench": null}\n{"bench": 11, "mock": true}\n')
    await write("many/b/c/d.jsonl", '{"bench": 12, "failed": true}\n')
    await write("many/cut.jsonl", '{"bench": 13}\n{"ben')
    await write("many/strange.json", "[]")
    await write("many/binary.json", Buffer.from([0, 1, 2]))
    await write("many/notes.md", "not a result")
    await symlink("/etc", join(folder, "many/link"))
    await using studio = await open([adapter])
    const { runs, skipped } = await studio.import([join(folder, "many")])
    expect(
      runs.map(({ status, provenance, imported, error }) => [status, provenance, imported?.from, error?.code])
    ).toEqual([
      ["succeeded", "unknown", "a", undefined],
      ["succeeded", "mock", "a", undefined],
      ["failed", "unknown", "b/c/d.jsonl", "crashed"]
    ])
    expect(skipped.map(({ path, line, reason }) => [path.slice(folder.length), line, reason])).toEqual([
      ["/many/binary.json", null, "it holds no text"],
      ["/many/cut.jsonl", null, 'line 2 is cut off: {"ben'],
      ["/many/strange.json", null, "no adapter recognises it"],
      ["/many/a", 2, "it was never measured"]
    ])
  })

  it("stores no secret of a file, and says that it took one out", async () => {
    await write("leaky/command.txt", "python -m bench --api-key planted-key\n")
    await write("leaky/stdout.txt", "sent planted-key to the server\n")
    await write(
      "leaky/result.jsonl",
      '{"bench": 20, "server_info": {"api_key": "planted-key", "admin_api_key": "planted-2"}}\n'
    )
    const data = join(folder, "data")
    {
      await using studio = await open([adapter], { data })
      const { runs } = await studio.import([join(folder, "leaky")])
      expect(runs[0]?.validity.findings.map(({ code }) => code)).toEqual(["secret-redacted"])
      expect(await readFile(await studio.runs.artifactPath(runs[0]?.id ?? "", "stdout.txt"), "utf8")).toBe(
        "sent [redacted] to the server\n"
      )
    }
    expect(() => execFileSync("grep", ["-r", "planted", data])).toThrow()
  })

  it("reads the bundle of another studio, with traces and scores, as what they were", async () => {
    const bundle = {
      studio_bundle: 1,
      runs: [
        {
          backend: "pt",
          adapter: "elsewhere",
          provenance: "real",
          created_at: "2026-01-01T00:00:00.000Z",
          request: {
            score: {
              query: "q",
              items: [" x"],
              labels: [" yes"],
              label_token_ids: null,
              apply_softmax: false,
              item_first: false,
              one_by_one: false,
              mask: null
            }
          },
          score: {
            items: [{ text: " x", input_ids: [1, 2] }],
            labels: [{ text: " yes", id: 3 }],
            scores: [[0.5]],
            logprobs: null,
            one_by_one: null
          },
          traces: [
            {
              case: "item-0",
              prompt_length: 2,
              semantics: "raw",
              from: 0,
              ids: [1, 2],
              tokens: ["q", " x"],
              logprobs: [null, -1],
              ranks: null,
              top: null
            }
          ]
        }
      ]
    }
    const path = await write("bundle.json.gz", gzipSync(JSON.stringify(bundle)))
    await using studio = await open([adapter])
    const { runs, skipped } = await studio.import([path])
    expect(skipped).toEqual([])
    expect(runs).toMatchObject([
      {
        backend: "pt",
        adapter: "elsewhere",
        provenance: "real",
        imported: { from: "bundle.json.gz" },
        score: { scores: [[0.5]] },
        traces: [{ case: "item-0", promptLength: 2, length: 2, semantics: "raw" }],
        artifacts: []
      }
    ])
    expect((await studio.runs.trace(runs[0]?.id ?? "", { case: "item-0" })).logprobs).toEqual([null, -1])
    expect((await studio.import([path])).skipped).toEqual([{ path, line: null, reason: "duplicate" }])
  })

  it("refuses a path that is not there", async () => {
    await using studio = await open([adapter])
    await expect(studio.import([join(folder, "nowhere")])).rejects.toMatchObject({ code: "not-found", path: "paths" })
  })
})

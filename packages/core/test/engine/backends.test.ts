import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import type { Adapter } from "../../src/adapter/Adapter.ts"
import { open, probeOf, scripted } from "../scripted.ts"

const folder = await mkdtemp(join(tmpdir(), "studio-backends-"))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Answers only at its own address. */
const engine = (name: string, address: string): Adapter =>
  scripted(name, {
    allowed: ["url", "api_key"],
    backend: ({ url }) => ({
      probe: async () => {
        if (url === address) return probeOf(name.toUpperCase())
        if (url === "http://other")
          return probeOf(name, { server: "a web page", decidedBy: "it sent HTML", fingerprint: null })
        throw new AdapterError({ reason: "unreachable", message: `nothing at ${String(url)}`, hint: "Start it." })
      },
      tokenize: async (texts) => texts.map((text) => [text.length])
    })
  })
const named = scripted("named", {
  mock: true,
  allowed: ["scenario"],
  parseSpec: (text) => {
    if (text === "bad")
      throw new AdapterError({ reason: "invalid-request", message: "bad is no scenario.", hint: "Take good." })
    return { scenario: text }
  }
})
const adapters = [engine("left", "http://left"), engine("right", "http://right"), named]

describe("a backend spec", () => {
  it("is a name of the config", async () => {
    await using studio = await open(adapters, { backends: { a: { adapter: "left", url: "http://left" } } })
    expect(await studio.backends.resolve("a")).toEqual({
      name: "a",
      adapter: "left",
      url: "http://left",
      adapterMode: null,
      origin: "config",
      probe: null
    })
  })

  it("is an address, whose adapter is found by asking", async () => {
    await using studio = await open(adapters)
    expect(await studio.backends.resolve("x=http://right")).toMatchObject({
      name: "x",
      adapter: "right",
      url: "http://right",
      origin: "added"
    })
    const { id } = await studio.runs.submit({
      backend: "y=http://left",
      request: {
        generate: { prompt: "p", inputIds: null, maxNewTokens: 1, temperature: 0, seed: null, topLogprobs: 0 }
      }
    })
    expect((await studio.runs.wait(id)).reproduce.cli).toMatch(/^studio generate --backend y=http:\/\/left /u)
  })

  it("names an adapter and what it is to read", async () => {
    await using studio = await open(adapters)
    expect(await studio.backends.resolve("x=left:http://anywhere")).toMatchObject({
      adapter: "left",
      url: "http://anywhere"
    })
    expect(await studio.backends.resolve("m=named:good")).toMatchObject({ adapter: "named", url: null })
    expect((await studio.backends.list()).map(({ name }) => name)).toEqual(["a", "m", "x"])
  })

  it("with an address that no adapter takes is a mistake of the spec", async () => {
    await using studio = await open([scripted("left", { allowed: [] }), scripted("right", { allowed: [] }), named])
    await expect(studio.backends.resolve("x=http://left")).rejects.toMatchObject({
      code: "invalid-backend",
      message: 'The settings of the backend "x" do not suit the adapter left: url: is no setting.'
    })
  })

  it("is not repeated with the credentials in it", async () => {
    await using studio = await open([scripted("left", { allowed: [] }), engine("right", "http://right"), named])
    const error = await studio.backends.resolve("x=http://bob:hunter2@nowhere").catch((cause) => cause)
    expect(error).toMatchObject({ code: "unreachable" })
    expect(`${error.message} ${error.hint}`).not.toContain("hunter2")
  })

  it.each([
    ["nobody", "unknown-backend", /There is no backend "nobody"/u],
    ["http://left", "invalid-backend", /no name for a backend/u],
    ["=http://left", "invalid-backend", /no name for a backend/u],
    ["x=", "invalid-backend", /neither an http URL nor ADAPTER/u],
    ["x=what:http://left", "unknown-adapter", /wants the adapter "what"/u],
    ["x=named:bad", "invalid-backend", /bad is no scenario/u],
    [
      "x=http://nowhere",
      "unreachable",
      /Nothing usable answers at http:\/\/nowhere \(left: nothing at http:\/\/nowhere; right:/u
    ],
    ["x=http://other", "not-this-engine", /no engine that a loaded adapter knows \(left: a web page \(it sent HTML\)/u]
  ])("%s is refused as %s", async (spec, code, message) => {
    await using studio = await open(adapters)
    await expect(studio.backends.resolve(spec)).rejects.toMatchObject({
      _tag: "StudioError",
      code,
      path: "backend",
      message: expect.stringMatching(message)
    })
    await expect(studio.generate({ backends: ["m=named:good", spec], prompt: "p" })).rejects.toMatchObject({ code })
    expect((await studio.status()).runs).toBe(0)
  })

  it("tells which setting does not suit the adapter", async () => {
    await using studio = await open(adapters, { backends: { a: { adapter: "left", ulr: "http://left" } } })
    await expect(studio.backends.resolve("a")).rejects.toMatchObject({
      code: "invalid-backend",
      message: 'The settings of the backend "a" do not suit the adapter left: ulr: is no setting.',
      path: "backend.ulr"
    })
  })
})

describe("backends", () => {
  it("are kept with their last probe, and without their secrets", async () => {
    const data = join(folder, "kept")
    {
      await using studio = await open(adapters, { data, backends: {} })
      await studio.backends.add("x", { adapter: "left", url: "http://left", api_key: "planted-secret" })
      expect(await studio.backends.probe("x")).toMatchObject({ probe: { reachable: true, server: "LEFT" } })
      await studio.backends.add("gone", { adapter: "left", url: "http://gone" })
      expect(await studio.backends.probe("gone")).toMatchObject({
        probe: { reachable: false, decidedBy: "nothing at http://gone (unreachable)" }
      })
    }
    await using studio = await open(adapters, { data, backends: {} })
    expect((await studio.backends.list()).map(({ name, probe }) => [name, probe?.reachable])).toEqual([
      ["gone", false],
      ["x", true]
    ])
  })

  it("tell token ids where they can", async () => {
    await using studio = await open([...adapters], {
      backends: { l: { adapter: "left", url: "http://left" }, m: { adapter: "named" } }
    })
    expect(await studio.backends.tokenize("l", ["abc", ""])).toEqual([[3], [0]])
    expect(await studio.backends.tokenize("m", ["abc"])).toBeNull()
  })
})

import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { describe, expect, test } from "vitest"
import type { BackendConfig } from "../../src/engine/StudioOptions.ts"
import { generateResult, hang, open, play, scripted, started } from "../scripted.ts"
import { temporaryFolder } from "../store/temporaryFolder.ts"
import { suiteFile } from "../support/suite.ts"

/** Its runs end, except with the key `hang`, which is a secret and nothing that a campaign keeps. */
const engine = scripted("engine", {
  backend: ({ api_key: key }) => ({
    generate: (_, { signal }) => (key === "hang" ? hang(signal) : play(started, generateResult))
  })
})
const other = scripted("other")

const was = {
  adapter: "engine",
  url: "http://127.0.0.1:30000",
  model: "m",
  api_key: "hang",
  launch: { args: { dtype: "float32", tp: 1 }, env: { XLA_FLAGS: "a" }, ready_timeout: "1m" }
}
const launched = (launch: object): BackendConfig => ({ ...was, launch: { ...was.launch, ...launch } })

/** A campaign that was cut off in its first run, in a folder of its own. */
const cutOff = async () => {
  const data = temporaryFolder()
  await using studio = await open([engine, other], { data, backends: { a: was } })
  const { id } = await studio.campaigns.start(suiteFile({ backends: ["a"] }))
  return { data, id }
}

const goOn = async ({ data, id }: { readonly data: string; readonly id: string }, a: BackendConfig, env = {}) => {
  await using studio = await open([engine, other], { data, backends: { a: { ...a, api_key: "another" } }, env })
  await studio.campaigns.resume(id)
  return (await studio.campaigns.wait(id)).campaign.status
}

describe("a campaign goes on with the backends that it began with", () => {
  test.each([
    ["model", { ...was, model: "n" }, 'model was "m", is "n"'],
    ["url", { ...was, url: "http://127.0.0.1:1" }, 'url was "http://127.0.0.1:30000", is "http://127.0.0.1:1"'],
    ["adapter", { ...was, adapter: "other" }, 'adapter was "engine", is "other"'],
    ["adapter_mode", { ...was, adapterMode: "bench" as const }, 'adapter_mode was "auto", is "bench"'],
    ["launch.args.dtype", launched({ args: { dtype: "bfloat16", tp: 1 } }), '"float32", is "bfloat16"'],
    ["launch.env.XLA_FLAGS", launched({ env: {} }), 'launch.env.XLA_FLAGS was "a", is not set']
  ])("and says of another %s what it was and is", async (path, now, told) => {
    const campaign = await cutOff()
    const refused = await goOn(campaign, now).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: "backend-changed", path: `backends.a.${path}` })
    expect(refused).toMatchObject({ message: expect.stringContaining(`The backend "a" has other settings than the`) })
    expect(refused).toMatchObject({ message: expect.stringContaining(told) })
    expect(await goOn(campaign, was)).toBe("succeeded")
  })

  test("and heeds where the mode comes from no more than which", async () => {
    const campaign = await cutOff()
    const mode = { STUDIO_ENGINE_ADAPTER_MODE: "bench" }
    await expect(goOn(campaign, was, mode)).rejects.toMatchObject({ path: "backends.a.adapter_mode" })
  })

  test("whatever their secrets are, and however long they may take to be ready", async () => {
    expect(await goOn(await cutOff(), launched({ ready_timeout: "9m" }))).toBe("succeeded")
  })

  test("which an older studio has not written down", async () => {
    const campaign = await cutOff()
    const db = new Sqlite(join(campaign.data, "studio.db"))
    db.prepare("update campaigns set brief = json_remove(brief, '$.settings')").run()
    db.close()
    expect(await goOn(campaign, { ...was, model: "n" })).toBe("succeeded")
  })
})

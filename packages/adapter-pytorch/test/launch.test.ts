import { fakePython, testContext } from "@sglang-studio/sglang-wire/testing"
import { expect, test } from "vitest"
import { pytorchAdapter } from "../src/index.ts"
import { golden } from "./backend.ts"

test.each([
  ["port-in-use", 3, "something listens there already"],
  ["wrong-model-path", 1, "The server found no model at /models/no-such-model."],
  // What it says of modules that it does without comes before, and is no reason.
  ["no-weights", 137, "RuntimeError: Cannot find any model weights with `/models/noweights`"],
  ["unknown-architecture", 137, "ValueError: Cannot find model module. 'NoSuchForCausalLM'"]
])("a server that does not start, by its log: %s", async (name, code, message) => {
  await using lent = testContext()
  const settings = { url: "http://127.0.0.1:30171", python: fakePython, model: "/models/m" }
  const checked = await pytorchAdapter.config["~standard"].validate(settings)
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
  const backend = await pytorchAdapter.open(checked.value)
  const args = { "served-model-name": golden(`launch/${name}.txt`), "tp-size": code }
  const told = backend.launch?.({ args, env: {}, readyTimeoutMs: 10_000 }, lent.context)
  const follow = async () => {
    for await (const event of told ?? []) expect(event.type).toBe("log")
  }
  await expect(follow()).rejects.toMatchObject({ message: expect.stringContaining(message) })
  expect(lent.spawned[0]?.argv.slice(1, 5)).toEqual(["-m", "sglang.launch_server", "--model-path", "/models/m"])
})

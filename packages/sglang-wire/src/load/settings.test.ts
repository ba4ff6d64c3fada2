import { expect, test } from "vitest"
import { readLoadSettings } from "./settings.ts"

test("everything has a default: a closed loop of random prompts", () => {
  expect(readLoadSettings({})).toMatchInlineSnapshot(`
    {
      "arrival": {
        "concurrency": 8,
        "loop": "closed",
      },
      "inputLen": 128,
      "itemLen": 32,
      "items": 8,
      "kind": "generate",
      "labels": 2,
      "outputLen": 32,
      "prompts": 200,
      "promptsFile": null,
      "requestTimeoutMs": 600000,
      "seed": 1,
      "vocabulary": null,
      "warmup": 16,
    }
  `)
})

test.each([
  [{ "request-rate": 10 }, { loop: "open", rate: 10, spacing: "poisson", concurrency: null }],
  [
    { "request-rate": 10, arrival: "constant", "max-concurrency": 4 },
    { loop: "open", rate: 10, spacing: "constant", concurrency: 4 }
  ],
  [
    { "request-rate": "inf", "max-concurrency": 4 },
    { loop: "closed", concurrency: 4 }
  ]
])("%j", (set, arrival) => {
  expect(readLoadSettings(set).arrival).toEqual(arrival)
})

test.each([
  [{ "num-prompt": 3 }, "set.num-prompt: is no flag of `load`"],
  [{ kind: "chat" }, 'set.kind: "chat" is none of its values'],
  [{ "num-prompts": 0 }, "set.num-prompts"],
  [{ "num-prompts": 1e9 }, 'set.num-prompts: "1000000000" is no whole number from 1 to 1000000'],
  [{ "num-prompts": 1e6, "input-len": 1000 }, "are more than this client can hold"],
  [{ "input-len": 1.5 }, "set.input-len"],
  [{ "request-rate": -1 }, "set.request-rate"],
  [{ "request-rate": true, arrival: "even" }, "set.arrival"],
  [{ arrival: "poisson" }, "set.arrival: needs a request-rate"]
])("%j is refused by name", (set, message) => {
  expect(() => readLoadSettings(set)).toThrow(message)
})

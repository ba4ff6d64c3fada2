import { expect, test } from "vitest"
import { randomRequests, requestsFrom } from "./requests.ts"
import { readLoadSettings } from "./settings.ts"

const target = { model: "m", vocabulary: 2048 }
const body = (request: { readonly body: string } | undefined) => JSON.parse(request?.body ?? "null")

test("random prompts have the asked length, differ, and are those of the seed", () => {
  const settings = readLoadSettings({ "input-len": 16, "output-len": 4, seed: 3 })
  const requests = randomRequests(settings, target, 50)
  const ids = requests.map((request) => body(request).input_ids as readonly number[])
  expect(ids.every((row) => row.length === 16 && row.every((id) => id >= 10 && id < 2048))).toBe(true)
  expect(new Set(ids.map(String)).size).toBe(50)
  expect(randomRequests(settings, target, 50)).toEqual(requests)
  expect(body(requests[0])).toMatchObject({
    stream: true,
    sampling_params: { max_new_tokens: 4, temperature: 0, ignore_eos: true }
  })
})

test("a score request counts every item as a prompt behind the query", () => {
  const settings = readLoadSettings({ kind: "score", "input-len": 8, items: 3, "item-len": 2, labels: 2 })
  const [request] = randomRequests(settings, target, 1)
  expect(request).toMatchObject({ path: "/v1/score", inputTokens: 30, items: 3 })
  expect(body(request)).toMatchObject({ model: "m", label_token_ids: [10, 11] })
})

test("a file's lines are sent over again: texts, ids, objects", () => {
  const settings = readLoadSettings({ "prompts-file": "f" })
  const text = 'plain words\n[1,2,3]\n{"prompt":"p"}\n\n{"input_ids":[4]}\n"quoted"\n'
  const requests = requestsFrom(text, settings, target, 6)
  expect(requests.map((request) => body(request).text ?? body(request).input_ids)).toEqual([
    "plain words",
    [1, 2, 3],
    "p",
    [4],
    "quoted",
    "plain words"
  ])
  expect(requests.map(({ inputTokens }) => inputTokens)).toEqual([null, 3, null, 1, null, null])
})

test.each([
  ["score", "just words", "line 1 needs"],
  ["generate", '{"score":{}}', "line 1 needs"],
  ["generate", "\n", "has no requests"]
] as const)("a %s file with %j is refused", (kind, text, message) => {
  expect(() => requestsFrom(text, readLoadSettings({ kind, "prompts-file": "f" }), target, 1)).toThrow(message)
})

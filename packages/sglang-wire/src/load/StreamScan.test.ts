import { latencyDefinitions } from "@sglang-studio/core/math"
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { makeStreamScan } from "./StreamScan.ts"

const event = (text: string, tokens: number) =>
  `data: ${JSON.stringify({ text, output_ids: [tokens], meta_info: { prompt_tokens: 3, completion_tokens: tokens, cached_tokens: 0 } })}\n\n`
const scan = (...pieces: readonly (readonly [string | Buffer, number])[]) => {
  const scanner = makeStreamScan()
  for (const [piece, at] of pieces) scanner.push(Buffer.from(piece), at)
  return scanner.result()
}

test("times the first token, the last one, and the gaps between", () => {
  expect(
    scan([event("a", 1), 10], [event("ab", 2), 14], [event("abcd", 4), 20], ["data: [DONE]\n\n", 21])
  ).toMatchObject({
    firstTokenAt: 10,
    lastTokenAt: 20,
    gaps: [4, 3, 3],
    tokens: 4,
    error: null,
    done: true
  })
})

test("data is found among comments and other fields, with a space before it or none", () => {
  const bare = event("ab", 2).replace("data: ", "data:")
  const events = [`: ping\n\n: still here\nid: 1\n${event("a", 1)}`, bare, "data:[DONE]\nid: 3\n\n"]
  expect(scan([events.join(""), 1])).toMatchObject({ tokens: 2, error: null, done: true })
})

test("lines may end as on Windows, wherever the pieces are cut", () => {
  const text = `${event("a", 1)}${event("ab", 2)}data: [DONE]\n\n`.replaceAll("\n", "\r\n")
  for (let cut = 1; cut < text.length; cut++)
    expect(scan([text.slice(0, cut), 1], [text.slice(cut), 2])).toMatchObject({ tokens: 2, error: null, done: true })
})

test("measures what the studio's definitions say", () => {
  const steps = fc.array(fc.record({ wait: fc.nat(50), tokens: fc.nat(3) }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(steps, (all) => {
      let [t, tokens] = [0, 0]
      const events = all.map((step) => {
        t += step.wait
        tokens += step.tokens
        return { t, tokens, text: step.tokens === 0 ? "" : "x", isChunk: true }
      })
      const defined = latencyDefinitions(events, { intended: 0, sent: 0, outputTokens: tokens }).studio
      const scanned = scan(...events.map((each) => [event("x", each.tokens), each.t] as const))
      expect(scanned.firstTokenAt).toBe(defined.ttft)
      expect(scanned.lastTokenAt).toBe(defined.e2e)
      expect(scanned.gaps).toEqual(defined.itl)
    })
  )
})

test("an event without a new token changes nothing", () => {
  expect(scan([event("", 0), 1], [event("a", 1), 2], [event("a", 1), 9])).toMatchObject({
    firstTokenAt: 2,
    lastTokenAt: 2,
    gaps: []
  })
})

test("a count inside the text is text", () => {
  const text = 'say "completion_tokens":99, and \\"completion_tokens\\":98'
  expect(scan([event(text, 1), 3])).toMatchObject({ tokens: 1 })
})

test("an error inside the stream is told, in its own letters", () => {
  const error = 'data: {"error": {"message": "zu lang: ü"}}\n\n'
  expect(scan([error, 4], ["data: [DONE]\n\n", 5])).toMatchObject({
    firstTokenAt: null,
    tokens: 0,
    error: '{"error": {"message": "zu lang: ü"}}',
    done: true
  })
})

test.each([
  ["is no JSON", "data: {oops\n\n", "an event of the stream is not JSON: {oops"],
  ["is cut off", `${event("ab", 2).trim().slice(0, -1)}\n\n`, "an event of the stream is not JSON: {"],
  ["tells no count", 'data: {"text": "ab"}\n\n', "lacks meta_info.completion_tokens"]
])("an event that %s is an error, last or not", (_, broken, message) => {
  for (const rest of [[], [event("abc", 3)]]) {
    const pieces = [event("a", 1), broken, ...rest, "data: [DONE]\n\n"].map((piece, at) => [piece, at] as const)
    expect(scan(...pieces)).toMatchObject({ error: expect.stringContaining(message), done: true })
  }
})

test.each([
  ['{"text": "ab", "n": {"completion_tokens": 2}}', "lacks meta_info.completion_tokens"],
  [
    '{"text": "a", "meta_info": {"completion_tokens": 1, "finish_reason": {"type": "abort", "message": "out of memory"}}}',
    "The server aborted POST /generate after its first tokens: out of memory"
  ]
])("a last event %s is an error", (last, message) => {
  expect(scan([event("a", 1), 1], [`data: ${last}\n\n`, 2])).toMatchObject({ error: expect.stringContaining(message) })
})

test("comments between events are no events", () => {
  expect(scan([": still here\n\n", 1], [event("a", 1), 2])).toMatchObject({ tokens: 1, error: null })
})

test("it does not matter where the network cuts the stream", () => {
  const whole = Buffer.from([event("ü", 1), event("üé", 2), event("üéß", 3), "data: [DONE]\n\n"].join(""))
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(whole.length), { maxLength: 20 }), (cuts) => {
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
      const pieces = bounds.slice(1).map((end, index) => [whole.subarray(bounds[index], end), 1] as const)
      expect(scan(...pieces)).toMatchObject({ tokens: 3, done: true, gaps: [0, 0] })
    })
  )
})

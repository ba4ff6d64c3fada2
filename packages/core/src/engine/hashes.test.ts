import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Fingerprint } from "../domain/fingerprint.ts"
import type { ScoreInput } from "../domain/workload.ts"
import { systemHash, workloadHash } from "./hashes.ts"

const score: ScoreInput = {
  query: "q",
  items: [" x", " y"],
  labels: [" yes"],
  labelTokenIds: null,
  applySoftmax: false,
  itemFirst: false,
  oneByOne: false,
  mask: null
}
const bench = (set: { readonly [flag: string]: string | number | boolean }) =>
  workloadHash({ benchmark: { entrypoint: "serving", set } })

describe("workloadHash", () => {
  it("stays what it was, so that stored runs remain comparable", () => {
    expect(workloadHash({ score })).toMatchInlineSnapshot(
      `"sha256:45389b8216f61c35ebf30ce4afe5e5acf70c1a06726a9da3873a277f005e50cc"`
    )
    expect(bench({ "num-prompts": 20 })).toMatchInlineSnapshot(
      `"sha256:7f56fef2171d490f8e362232562356a99d08b844dce23fc705f161e0bb642f28"`
    )
  })

  it("is that of the asked alone, in whatever order it is written", () => {
    expect(workloadHash({ score: { ...score, oneByOne: true } })).toBe(workloadHash({ score }))
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z-]{1,8}$/u), fc.integer()), (set) => {
        expect(bench(Object.fromEntries(Object.entries(set).toReversed()))).toBe(bench(set))
      })
    )
  })

  it.each<[string, Partial<ScoreInput>]>([
    ["query", { query: "r" }],
    ["items", { items: [" y", " x"] }],
    ["labels", { labels: [" no"] }],
    ["softmax", { applySoftmax: true }],
    ["order", { itemFirst: true }],
    ["mask", { mask: { preset: "causal", matrix: null } }]
  ])("changes with the %s", (_, change) => {
    expect(workloadHash({ score: { ...score, ...change } })).not.toBe(workloadHash({ score }))
  })

  it("leaves out where a benchmark is sent and what it is called there", () => {
    const set = { "num-prompts": 20, seed: 1 }
    expect(
      bench({ ...set, "base-url": "http://x", host: "x", port: 1, model: "/m", tokenizer: "/m", backend: "sglang" })
    ).toBe(bench(set))
    expect(bench({ ...set, seed: 2 })).not.toBe(bench(set))
  })
})

describe("systemHash", () => {
  const fingerprint: Fingerprint = {
    engine: "e",
    engineVersion: "1",
    commit: null,
    model: "/models/tiny",
    modelRevision: null,
    tokenizerHash: null,
    device: "cpu",
    dtype: "float32",
    flags: {
      page_size: 1,
      model_path: "/models/tiny",
      host: "127.0.0.1",
      port: 30000,
      api_key: "[redacted]",
      log_file: "x"
    }
  }

  it("is the same on another machine and at another start", () => {
    const elsewhere = {
      ...fingerprint,
      model: "/home/me/tiny",
      flags: {
        page_size: 1,
        model_path: "/home/me/tiny",
        host: "10.0.0.1",
        port: 1,
        nccl_port: 5,
        dist_init_addr: "tcp://x:1",
        chat_template: "/a/b"
      }
    }
    expect(systemHash(elsewhere)).toBe(systemHash(fingerprint))
  })

  it.each<[string, Partial<Fingerprint>]>([
    ["version", { engineVersion: "2" }],
    ["model", { model: "/models/other" }],
    ["dtype", { dtype: "bfloat16" }],
    ["flags", { flags: { ...fingerprint.flags, page_size: 16 } }]
  ])("changes with the %s", (_, change) => {
    expect(systemHash({ ...fingerprint, ...change })).not.toBe(systemHash(fingerprint))
  })
})

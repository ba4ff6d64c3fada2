import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { readSuite, resolveSuite } from "./readSuite.ts"
import type { SuiteError } from "./SuiteProblem.ts"

const folder = mkdtempSync(join(tmpdir(), "studio-suite-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

/** What is said of a file, without the folder that it stands in. */
const mistakes = async (name: string, text: string): Promise<string> =>
  readSuite(write(name, text)).then(
    () => "none",
    (error: SuiteError) => error.message.replaceAll(`${folder}/`, "")
  )

test("everything that a suite can say, with what it names", async () => {
  write("query.txt", "Is ${this} about refunds?\n")
  write("items.txt", "one\n\ntwo\n")
  write(
    "prompts.jsonl",
    '{"name": "river", "prompt": "cost: ${x}"}\n{"name": "ids", "input_ids": [1, 2], "tags": ["short"]}\n'
  )
  const path = write(
    "full.yaml",
    `suite: nightly-lengths
version: 3
backends: [pt, jax]
cases:
  - name: random
    benchmark: serving
    set: { dataset-name: random-ids, random-input-len: "\${input_len}", random-output-len: "\${output_len}", max-concurrency: "\${concurrency}" }
    timeout: 10m
  - name: refund-policy
    score: { query_file: query.txt, items_file: items.txt, labels: [" yes", " no"], apply_softmax: true }
  - name: greedy
    generate: { prompts_file: prompts.jsonl, max_new_tokens: 16 }
    tags: ["d-\${dtype}"]
launch: { dtype: "\${dtype}" }
matrix:
  axes: { concurrency: [1, 16], dtype: [float32, bfloat16] }
  linked: [{ input_len: [128, 1024], output_len: [16, 64] }]
  exclude: [{ input_len: 1024, concurrency: 16 }]
  include: [{ input_len: 4096, output_len: 16, concurrency: 1, dtype: float32 }]
repeats: 3
warmup: 1
order: { kind: interleaved, seed: 42, restart: point }
budget: { runs: 200, wall: 90m }
gates:
  - { name: p95, metric: e2e_latency_ms.p95, max_regression: 5% }
  - { name: failures, metric: failure_rate, max: 1% }
  - { name: slo, metric: ttft_ms.p95, max: 250 }
  - { name: tokens, parity: token }
  - { name: scores, parity: score, max_abs_delta: 0.01, max_rank_flips: 0 }
`
  )
  expect(await readSuite(path)).toMatchInlineSnapshot(`
    {
      "backends": [
        "pt",
        "jax",
      ],
      "budget": {
        "runs": 200,
        "wallMs": 5400000,
      },
      "cases": [
        {
          "name": "random",
          "of": "random",
          "request": {
            "benchmark": {
              "entrypoint": "serving",
              "set": {
                "dataset-name": "random-ids",
                "max-concurrency": "\${concurrency}",
                "random-input-len": "\${input_len}",
                "random-output-len": "\${output_len}",
              },
            },
          },
          "tags": [],
          "timeoutMs": 600000,
        },
        {
          "name": "refund-policy",
          "of": "refund-policy",
          "request": {
            "score": {
              "applySoftmax": true,
              "itemFirst": false,
              "items": [
                "one",
                "two",
              ],
              "labelTokenIds": null,
              "labels": [
                " yes",
                " no",
              ],
              "mask": null,
              "oneByOne": false,
              "query": "Is $\${this} about refunds?",
            },
          },
          "tags": [],
          "timeoutMs": null,
        },
        {
          "name": "greedy/river",
          "of": "greedy",
          "request": {
            "generate": {
              "inputIds": null,
              "maxNewTokens": 16,
              "prompt": "cost: $\${x}",
              "seed": null,
              "temperature": 0,
              "topLogprobs": 5,
            },
          },
          "tags": [
            "d-\${dtype}",
          ],
          "timeoutMs": null,
        },
        {
          "name": "greedy/ids",
          "of": "greedy",
          "request": {
            "generate": {
              "inputIds": [
                1,
                2,
              ],
              "maxNewTokens": 16,
              "prompt": null,
              "seed": null,
              "temperature": 0,
              "topLogprobs": 5,
            },
          },
          "tags": [
            "d-\${dtype}",
            "short",
          ],
          "timeoutMs": null,
        },
      ],
      "gates": [
        {
          "maxRegression": 0.05,
          "metric": "e2e_latency_ms.p95",
          "name": "p95",
        },
        {
          "max": 0.01,
          "metric": "failure_rate",
          "name": "failures",
        },
        {
          "max": 250,
          "metric": "ttft_ms.p95",
          "name": "slo",
        },
        {
          "name": "tokens",
          "parity": "token",
        },
        {
          "maxAbsDelta": 0.01,
          "maxRankFlips": 0,
          "name": "scores",
          "parity": "score",
        },
      ],
      "launch": {
        "dtype": "\${dtype}",
      },
      "matrix": {
        "axes": {
          "concurrency": [
            1,
            16,
          ],
          "dtype": [
            "float32",
            "bfloat16",
          ],
        },
        "exclude": [
          {
            "concurrency": 16,
            "input_len": 1024,
          },
        ],
        "include": [
          {
            "concurrency": 1,
            "dtype": "float32",
            "input_len": 4096,
            "output_len": 16,
          },
        ],
        "linked": [
          {
            "input_len": [
              128,
              1024,
            ],
            "output_len": [
              16,
              64,
            ],
          },
        ],
      },
      "order": {
        "kind": "interleaved",
        "restart": "point",
        "seed": 42,
      },
      "repeats": 3,
      "suite": "nightly-lengths",
      "tags": [],
      "version": 3,
      "warmup": 1,
    }
  `)
})

test("every mistake at once, each with its place and what would be right", async () => {
  expect(
    await mistakes(
      "broken.yaml",
      `suite: broken
bakends: [a]
cases:
  - name: random
    benchmark: serving
    set: { max-concurrency: "\${concurency}" }
    timeout: ten minutes
  - name: random
    score: { query: "Is it?", items: ["a"], lables: [" yes"] }
matrix:
  axes: { concurrency: [1, 16], spare: [1] }
  linked: [{ a: [1, 2], b: [1] }]
repeats: 0
gates:
  - { name: p95, metric: e2e_latency_ms.p95, max_regresion: 5% }
  - { name: fast, metric: ttft_ms.p95, max_regression: a lot }
`
    )
  ).toMatchInlineSnapshot(`
    "The suite has 6 mistakes:
      broken.yaml:2:1: bakends: unknown field; did you mean backends?
      broken.yaml:9:45: cases.1.score.lables: unknown field; did you mean labels?
      broken.yaml:15:46: gates.0.max_regresion: unknown field; did you mean max_regression?
      broken.yaml:7:14: cases.0.timeout: Expected a duration such as 90s, 10m or 1.5h, found "ten minutes"
      broken.yaml:13:10: repeats: Expected a whole number from 1, found 0
      broken.yaml:16:56: gates.1.max_regression: Expected a number from 0, or a share such as 5%, found "a lot""
  `)
})

test("what only the whole shows", async () => {
  expect(
    await mistakes(
      "meaning.yaml",
      `suite: meaning
backends: ["a=mock:clean,seed=1", "a=mock:clean,seed=2"]
cases:
  - name: random
    benchmark: serving
    set: { max-concurrency: "\${concurency}", x: "\${a}\${b}" }
  - name: random
    score: { query: "Is it?", query_file: q.txt, items: ["a"] }
  - name: both
    generate: { prompt: "Say \${concurrency} and $\${HOME}" }
    set: { seed: 1 }
  - name: files
    generate: { prompts_file: none.jsonl }
  - name: outside
    generate: { prompts_file: ../../etc/passwd }
matrix:
  axes: { concurrency: [1, 16, 16], spare: [1] }
  linked: [{ a: [1, 2], b: [1] }]
  exclude: [{ concurency: 1 }, {}]
  include: [{ concurrency: 3, a: 1 }]
gates:
  - { name: p95, metric: e2e_latency.p95, max_regression: 5% }
  - { name: p95, metric: output_throughput.p95, max: 1, max_regression: 5% }
  - { name: tokens, parity: token, max_abs_delta: 0.1 }
  - { name: nothing }
tags: ["s-\${spare}"]
`
    )
  ).toMatchInlineSnapshot(`
    "The suite has 20 mistakes:
      meaning.yaml:8:31: cases.1.score.query_file: give only one of \`query\` or \`query_file\`
      meaning.yaml:8:12: cases.1.score: lacks what it asks: give \`labels\` or \`label_token_ids\`
      meaning.yaml:11:5: cases.2.set: flags belong to a benchmark; add \`benchmark: serving\`, or remove them
      meaning.yaml:7:11: cases.1.name: "random" is the name of an earlier one too; give it its own
      meaning.yaml:17:32: matrix.axes.concurrency.2: 16 is there already; give "concurrency" each value once
      meaning.yaml:18:12: matrix.linked.0: linked axes move together and need as many values each: a has 2, b has 1
      meaning.yaml:19:15: matrix.exclude.0.concurency: no axis has this name; did you mean concurrency?
      meaning.yaml:19:32: matrix.exclude.1: names no axis, and would take everything away; remove it
      meaning.yaml:20:13: matrix.include.0: a point needs a value for every axis; add spare, b
      meaning.yaml:6:29: cases.0.set.max-concurrency: \${concurency} stands for no axis of the matrix; did you mean concurrency? (a literal \${ is written $\${)
      meaning.yaml:17:37: matrix.axes.spare: nothing uses the axis "spare"; write \${spare} in a case or in \`launch\`, or remove it
      meaning.yaml:22:26: gates.0.metric: no metric is named "e2e_latency.p95"; did you mean e2e_latency_ms.p95?
      meaning.yaml:23:5: gates.1: give one limit: \`max_regression\`, such as 5%, or \`max\` in the metric's unit
      meaning.yaml:23:26: gates.1.metric: "output_throughput" has one value per run, and no p95; write output_throughput
      meaning.yaml:24:36: gates.2.max_abs_delta: does not belong to \`parity: token\`, which takes tolerance
      meaning.yaml:25:5: gates.3: give either \`metric\` with \`max_regression\` or \`max\`, or \`parity: token\` or \`parity: score\`
      meaning.yaml:23:13: gates.1.name: "p95" is the name of an earlier one too; give it its own
      meaning.yaml:8:43: cases.1.score.query_file: there is no file q.txt beside the suite
      meaning.yaml:13:31: cases.3.generate.prompts_file: there is no file none.jsonl beside the suite
      meaning.yaml:15:31: cases.4.generate.prompts_file: ../../etc/passwd is outside of the project; name a file in it, relative to the suite"
  `)
})

test("a text that is no YAML, or JSON that is broken", async () => {
  expect(await mistakes("syntax.yaml", "suite: a\ncases: [\n  - b\nsuite: c\n")).toMatchInlineSnapshot(`
    "The suite has 3 mistakes:
      syntax.yaml:3:3: Block collections are not allowed within flow collections
      syntax.yaml:4:1: Flow sequence in block collection must be sufficiently indented and end with a ]
      syntax.yaml:4:1: Map keys must be unique"
  `)
  expect(await mistakes("syntax.json", '{ "suite": "a", "cases": [}')).toMatchInlineSnapshot(`
    "The suite has 2 mistakes:
      syntax.json:1:27: Flow sequence in block collection must be sufficiently indented and end with a ]
      syntax.json:1:27: Flow map must end with a }"
  `)
  expect(await mistakes("empty.yaml", "")).toMatchInlineSnapshot(`
    "The suite has a mistake:
      empty.yaml:1:1: Expected object, found null"
  `)
  expect(await mistakes("list.json", "[1]")).toMatchInlineSnapshot(`
    "The suite has a mistake:
      list.json:1:1: Expected object, found [1]"
  `)
})

test("an exclusion of everything, and far too many points", async () => {
  const of = (matrix: string) =>
    mistakes(
      "matrix.yaml",
      `suite: m\ncases: [{ name: a, benchmark: serving, set: { x: "\${x}", y: "\${y}" } }]\nmatrix: ${matrix}\n`
    )
  expect(await of("{ axes: { x: [1, 2], y: [1] }, exclude: [{ y: 1 }] }")).toMatchInlineSnapshot(`
    "The suite has a mistake:
      matrix.yaml:3:49: matrix.exclude: takes every point away; leave some"
  `)
  const many = JSON.stringify(Array.from({ length: 101 }, (_, index) => index))
  expect(await of(`{ axes: { x: ${many}, y: ${many} } }`)).toMatchInlineSnapshot(`
    "The suite has a mistake:
      matrix.yaml:3:9: matrix: 10201 points; at most 10000 can be planned"
  `)
})

test("numbers that no campaign lives to see, and a percentage without its sign", async () => {
  const text = `suite: n
cases: [{ name: c, generate: { prompt: p } }]
repeats: 5000000
warmup: 2000
gates: [{ name: g, metric: e2e_latency_ms.p50, max_regression: 5 }]
`
  expect(await mistakes("numbers.yaml", text)).toMatchInlineSnapshot(`
    "The suite has 2 mistakes:
      numbers.yaml:3:10: repeats: Expected 10000 at most, found 5000000
      numbers.yaml:4:9: warmup: Expected 1000 at most, found 2000"
  `)
  expect(await mistakes("percent.yaml", text.replace("5000000", "5").replace("2000", "2"))).toMatchInlineSnapshot(`
    "The suite has a mistake:
      percent.yaml:5:64: gates.0.max_regression: 5 is 500 %; write 5% where that is meant"
  `)
})

test("a prompt without a name has that of its line", async () => {
  write("unnamed.jsonl", '{"prompt": "a"}\n\n{"prompt": "b", "name": "second"}\n{"input_ids": [1]}\n')
  const path = write("unnamed.yaml", "suite: u\ncases: [{ name: g, generate: { prompts_file: unnamed.jsonl } }]\n")
  expect((await readSuite(path)).cases.map(({ name }) => name)).toEqual(["g/line-1", "g/second", "g/line-4"])
})

test("a suite of many mistakes tells the first twenty", async () => {
  write("broken.jsonl", "no json\n".repeat(1000))
  const told = await mistakes(
    "broken.yaml",
    "suite: b\ncases: [{ name: g, generate: { prompts_file: broken.jsonl } }]\n"
  )
  expect(told.split("\n")).toHaveLength(22)
  expect(told).toMatch(/^The suite has 1000 mistakes:[^]*… and 980 more$/u)
})

test("mistakes in a file of prompts", async () => {
  write(
    "bad.jsonl",
    '{"name": "a"}\n{"name": "b", "score": {"query": "q", "items": ["i"], "labels": ["l"]}}\n{"name": "c", "prompt": "p", "tolerance": 0.1}\nno json\n'
  )
  expect(await mistakes("prompts.yaml", "suite: p\ncases: [{ name: a, generate: { prompts_file: bad.jsonl } }]\n"))
    .toMatchInlineSnapshot(`
    "The suite has 4 mistakes:
      prompts.yaml:2:46: cases.0.generate.prompts_file: bad.jsonl:1: give exactly one of prompt, input_ids and score
      prompts.yaml:2:46: cases.0.generate.prompts_file: bad.jsonl:4: this is not valid JSON
      prompts.yaml:2:46: cases.0.generate.prompts_file: bad.jsonl: "b" is a score, which a case with \`score\` asks
      prompts.yaml:2:46: cases.0.generate.prompts_file: bad.jsonl: "c" has a tolerance, which only a gate of the suite can say"
  `)
})

test("a link out of the project is no way out", async () => {
  symlinkSync("/etc/hostname", join(folder, "link.txt"))
  expect(
    await mistakes(
      "link.yaml",
      'suite: l\ncases: [{ name: a, score: { query_file: link.txt, items: ["a"], labels: ["b"] } }]\n'
    )
  ).toMatchInlineSnapshot(`
    "The suite has a mistake:
      link.yaml:2:41: cases.0.score.query_file: link.txt is outside of the project; name a file in it, relative to the suite"
  `)
})

test("code outside of the project is not executed", async () => {
  const message = await mistakes(
    "code.mjs",
    'globalThis.executed = true\nexport default { suite: "code", cases: [] }\n'
  )
  expect(message).toContain("is outside of the project")
  expect(globalThis).not.toHaveProperty("executed")
})

test("a file that is not there, and one of another kind", async () => {
  await expect(readSuite(join(folder, "none.yaml"))).rejects.toThrow("There is no suite file")
  expect(await mistakes("suite.toml", "")).toMatchInlineSnapshot(
    `"suite.toml is no suite file: its name ends in .yaml, .yml, .json, .ts or .mjs."`
  )
})

test("names that would break the lines that they stand in", async () => {
  const text = `suite: "night\\nly"
cases: [{ name: "a\\0b", generate: { prompt: p } }]
gates: [{ name: "p\\t95", metric: e2e_latency_ms.p95, max: 1 }]
`
  expect(await mistakes("names.yaml", text)).toMatchInlineSnapshot(`
    "The suite has 3 mistakes:
      names.yaml:1:8: suite: Expected at least one character, and no line break or other control character, found "night\\nly"
      names.yaml:2:17: cases.0.name: Expected 1 to 100 characters without a slash, a line break or another control character, found "a\\u0000b"
      names.yaml:3:17: gates.0.name: Expected at least one character, and no line break or other control character, found "p\\t95""
  `)
})

test("a suite given as an object is held to the same", async () => {
  await expect(
    resolveSuite({ suite: "object", cases: [{ name: "a", benchmark: "serving", sett: {} }] }, folder)
  ).rejects.toThrow(/cases\.0\.sett: unknown field; did you mean set\?/u)
})

test("refuses a gate on parity that no case can answer", async () => {
  const suite = (parity: string) => ({
    suite: "s",
    cases: [{ name: "load", benchmark: "serving" }],
    gates: [{ name: "same", parity }]
  })
  await expect(resolveSuite(suite("token"), ".")).rejects.toThrow("gates.0.parity: no case generates")
  await expect(resolveSuite(suite("score"), ".")).rejects.toThrow("gates.0.parity: no case scores")
})

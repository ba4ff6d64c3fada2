import { spawn } from "node:child_process"
import { createConnection } from "node:net"
import type { Adapter, Backend, Probe, RunEvent } from "@sglang-studio/core/adapter"
import { adapterLaws, bindVitest, runLaws } from "@sglang-studio/core/testing"
import { describe, expect, test } from "vitest"
import { invalid, soundAdapter, soundBackend, traceOf } from "./soundAdapter.ts"

const withAdapter = (change: Partial<Adapter>): Adapter => ({ ...soundAdapter, ...change })
const withBackend = (change: Partial<Backend>): Adapter =>
  withAdapter({ open: async () => ({ ...soundBackend(), ...change }) })
/** Passes the events of the sound score on, changed. */
const withScore = (change: (events: RunEvent[]) => RunEvent[]): Adapter =>
  withBackend({
    score: async function* (request, context) {
      const events: RunEvent[] = []
      for await (const event of soundBackend().score?.(request, context) ?? []) events.push(event)
      yield* change(events)
    }
  })

describe("a sound adapter", async () => {
  await bindVitest(adapterLaws({ adapter: soundAdapter }), { test })
})

/** Each breaks one promise; the names of the laws that must notice. */
const breaches: readonly { readonly what: string; readonly adapter: Adapter; readonly laws: readonly string[] }[] = [
  {
    what: "a name with capitals",
    adapter: withAdapter({ name: "MyAdapter" }),
    laws: ["the adapter is a plain record of api 1"]
  },
  {
    what: "a flag without its member",
    adapter: withAdapter({
      supports: { ...soundAdapter.supports, operations: ["tokenize", "score", "generate", "benchmark", "metrics"] }
    }),
    laws: ["supports names the members that a backend has, and no others"]
  },
  {
    what: "a member without its flag",
    adapter: withBackend({ metrics: async () => ({ at: "2026-01-01T00:00:00Z", values: {} }) }),
    laws: ["supports names the members that a backend has, and no others"]
  },
  {
    what: "a connection at open",
    adapter: withAdapter({
      open: async () => {
        createConnection({ port: 9, host: "127.0.0.1" }).on("error", () => {})
        return soundBackend()
      }
    }),
    laws: ["open touches neither the network nor other processes"]
  },
  {
    what: "a process at open",
    adapter: withAdapter({
      open: async () => {
        await new Promise((resolve) => spawn(process.execPath, ["--version"], { stdio: "ignore" }).on("exit", resolve))
        return soundBackend()
      }
    }),
    laws: ["open touches neither the network nor other processes"]
  },
  {
    what: "a schema that takes anything",
    adapter: withAdapter({ config: { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } } }),
    laws: ["settings that make no sense are refused"]
  },
  {
    what: "a close that works once",
    adapter: withAdapter({
      open: async () => {
        let closed = false
        return {
          ...soundBackend(),
          close: async () => {
            if (closed) throw new Error("already closed")
            closed = true
          }
        }
      }
    }),
    laws: ["close may be called twice"]
  },
  {
    what: "a close that never settles",
    adapter: withBackend({ close: () => new Promise(() => {}) }),
    laws: ["close settles within 5 s"]
  },
  {
    what: "an operation that never settles",
    adapter: {
      ...withBackend({
        benchmark: async function* (request) {
          if (request.entrypoint !== "serving") throw invalid("no such entrypoint")
          yield { type: "started" }
          await new Promise(() => {})
        }
      }),
      mock: false
    },
    laws: [
      "benchmark: one started, then exactly one result, last",
      "benchmark: events survive JSON",
      "benchmark: findings, progress, tokens and samples make sense",
      "benchmark: metrics are finite and carry unit and definition",
      "benchmark: abort settles within 5 s and leaves no child"
    ]
  },
  {
    what: "one backend for all",
    adapter: (() => {
      const backend = soundBackend()
      return withAdapter({ open: async () => backend })
    })(),
    laws: ["two instances share nothing"]
  },
  {
    what: "a probe with a counter",
    adapter: (() => {
      let count = 0
      return withBackend({
        probe: async (context) => ({ ...(await soundBackend().probe(context)), server: `probe ${++count}` })
      })
    })(),
    laws: ["probe is stable"]
  },
  {
    what: "a probe that throws",
    adapter: withBackend({ probe: () => Promise.reject(new Error("ECONNREFUSED")) }),
    laws: ["probe answers, also when nothing is there"]
  },
  {
    what: "special tokens in tokenize",
    adapter: withBackend({ tokenize: async (texts) => texts.map(() => [1]) }),
    laws: ["tokenize gives whole ids, one list for each text"]
  },
  {
    what: "events after the result",
    adapter: withScore((events) => [...events, { type: "progress", done: 1, total: 1, unit: "items" }]),
    laws: ["score: one started, then exactly one result, last"]
  },
  {
    what: "a trace before started",
    adapter: withScore(([started, trace, ...rest]) => [trace, started, ...rest].filter((event) => event !== undefined)),
    laws: ["score: one started, then exactly one result, last"]
  },
  {
    what: "NaN in an event",
    adapter: withScore((events) => [
      ...events.slice(0, 1),
      { type: "sample", sample: sample(NaN) },
      ...events.slice(1)
    ]),
    laws: ["score: events survive JSON"]
  },
  {
    what: "a trace of an item that was not asked",
    adapter: withScore((events) => events.toSpliced(1, 0, traceOf("item-9", [1], 1))),
    laws: ["score: trace columns are equally long and in order"]
  },
  {
    what: "a live token without its text",
    adapter: withScore((events) =>
      events.toSpliced(1, 0, { type: "token", index: 0, id: 1, logprob: null } as unknown as RunEvent)
    ),
    laws: ["score: findings, progress, tokens and samples make sense"]
  },
  {
    what: "a finding of its own severity",
    adapter: withScore((events) =>
      events.toSpliced(1, 0, {
        type: "finding",
        finding: { code: "drift", severity: "fatal" as "error", message: "m", evidence: {} }
      })
    ),
    laws: ["score: findings, progress, tokens and samples make sense"]
  },
  {
    what: "a probe that says only that it is there",
    adapter: withBackend({ probe: async () => ({ reachable: true, capabilities: [] }) as unknown as Probe }),
    laws: ["probe answers, also when nothing is there"]
  },
  {
    what: "a result without labels",
    adapter: withScore((events) =>
      events.map((event) =>
        event.type === "result" && event.result.kind === "score"
          ? { ...event, result: { ...event.result, labels: [] } }
          : event
      )
    ),
    laws: ["score: a row for each item, a column for each label, probabilities"]
  },
  {
    what: "progress beyond its total",
    adapter: withScore((events) => [
      ...events.slice(0, 1),
      { type: "progress", done: 3, total: 2, unit: "items" },
      ...events.slice(1)
    ]),
    laws: ["score: findings, progress, tokens and samples make sense"]
  },
  {
    what: "a short column",
    adapter: withScore((events) =>
      events.map((event) => (event.type === "trace" ? { ...event, chunk: { ...event.chunk, tokens: ["1"] } } : event))
    ),
    laws: ["score: trace columns are equally long and in order"]
  },
  {
    what: "the companions' traces among a run's own",
    adapter: {
      ...withBackend({
        generate: async function* (request, context) {
          for await (const event of soundBackend().generate?.(request, context) ?? []) {
            if (event.type === "result")
              for (const index of context.send?.companions.keys() ?? []) yield traceOf(`companion-${index}`, [1, 2], 2)
            yield event
          }
        }
      }),
      supports: { ...soundAdapter.supports, sends: ["batched"] }
    },
    laws: ["generate: declared sends are answered in the same shape"]
  },
  {
    what: "a send that is declared and refused",
    adapter: {
      ...withBackend({
        score: async function* (request, context) {
          if (context.send !== undefined) throw invalid("not so")
          yield* soundBackend().score?.(request, context) ?? []
        }
      }),
      supports: { ...soundAdapter.supports, sends: ["flushed"] }
    },
    laws: ["score: declared sends are answered in the same shape"]
  },
  {
    what: "a gap between chunks",
    adapter: withScore((events) =>
      events.map((event) => (event.type === "trace" ? { ...event, chunk: { ...event.chunk, from: 5 } } : event))
    ),
    laws: ["score: trace columns are equally long and in order"]
  },
  {
    what: "a row too few",
    adapter: withScore((events) =>
      events.map((event) =>
        event.type === "result" && event.result.kind === "score"
          ? { ...event, result: { ...event.result, scores: event.result.scores.slice(1) } }
          : event
      )
    ),
    laws: ["score: a row for each item, a column for each label, probabilities"]
  },
  {
    what: "logits instead of probabilities",
    adapter: withScore((events) =>
      events.map((event) =>
        event.type === "result" && event.result.kind === "score"
          ? { ...event, result: { ...event.result, scores: event.result.scores.map((row) => row.map(() => 7.5)) } }
          : event
      )
    ),
    laws: ["score: a row for each item, a column for each label, probabilities"]
  },
  {
    what: "a foreign error",
    adapter: withBackend({
      benchmark: async function* (request) {
        if (request.entrypoint !== "serving") throw new TypeError("cannot read properties of undefined")
        yield* soundBackend().benchmark?.(request, never) ?? []
      }
    }),
    laws: ["benchmark: errors are AdapterErrors"]
  },
  {
    what: "deaf to abort",
    adapter: withBackend({
      score: async function* (request, context) {
        for await (const event of soundBackend().score?.(request, context) ?? []) {
          yield event
          if (context.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 6000))
        }
      }
    }),
    laws: ["score: abort settles within 5 s and leaves no child"]
  },
  {
    what: "a child that outlives abort",
    adapter: withBackend({
      benchmark: async function* (request, context) {
        yield* soundBackend().benchmark?.(request, context) ?? []
        if (context.signal.aborted)
          spawn(process.execPath, ["-e", "setTimeout(() => {}, 12000)"], { stdio: "ignore" }).unref()
      }
    }),
    laws: ["benchmark: abort settles within 5 s and leaves no child"]
  },
  {
    what: "a random number",
    adapter: withScore((events) => [
      ...events.slice(0, 1),
      { type: "sample", sample: sample(Math.random()) },
      ...events.slice(1)
    ]),
    laws: ["score: same settings, same mock"]
  },
  {
    what: "an importer that takes everything",
    adapter: withAdapter({ importers: [{ name: "greedy", read: () => [] }] }),
    laws: ["importers pass over files that are not theirs"]
  }
]

const sample = (e2eMs: number) => ({
  startMs: 0,
  ttftMs: null,
  itlMs: null,
  e2eMs,
  inputTokens: null,
  outputTokens: null,
  error: null
})
const never = { signal: new AbortController().signal } as never

describe("an adapter with a breach", () => {
  test.each(breaches)("$what", async ({ adapter, laws }) => {
    const results = await runLaws(adapterLaws({ adapter, patienceMs: 2000 }))
    const failed = results.filter(({ status }) => status === "fail")
    expect(failed.map(({ name }) => name)).toEqual(laws)
    for (const { reason } of failed) expect(reason).toMatch(/^expected .+; saw .+\. [A-Z`].+\.$/u)
  })
})

test("what cannot be checked is skipped with its reason", async () => {
  const adapter = withBackend({
    probe: async (context) => ({
      ...(await soundBackend().probe(context)),
      reachable: false,
      server: "nothing on port 9"
    })
  })
  const results = await runLaws(adapterLaws({ adapter }))
  expect(results.filter(({ status }) => status === "fail")).toEqual([])
  expect(results.find(({ name }) => name === "score: events survive JSON")).toEqual({
    name: "score: events survive JSON",
    status: "skip",
    reason: "the backend is not reachable: nothing on port 9"
  })
})

test("settings that do not do break one law, and the others say what they wait for", async () => {
  const results = await runLaws(adapterLaws({ adapter: soundAdapter, config: 7 }))
  expect(results.filter(({ status }) => status === "fail")).toMatchInlineSnapshot(`
    [
      {
        "name": "the settings given open a backend",
        "reason": "expected the settings 7 to open a backend; saw no backend can be opened: the settings 7 are refused: settings are an object. Give settings that the adapter takes, with the option \`config\` or with \`--set key=value\`.",
        "status": "fail",
      },
    ]
  `)
  expect(results.find(({ name }) => name === "probe is stable")?.reason).toMatchInlineSnapshot(
    `"no backend can be opened: the settings 7 are refused: settings are an object"`
  )
})

import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cellKey, pointText, type AxisValue, type Plan, type PlannedRun, type Point } from "../domain/plan.ts"
import type { Matrix, Suite, SuiteCase } from "../domain/suite.ts"
import type { PlanBackend } from "./PlanBackend.ts"
import { planSuite } from "./planSuite.ts"

const unknown = () => null

const bench = (name: string, axes: readonly string[], entrypoint = "serving"): SuiteCase => ({
  name,
  of: name,
  request: { benchmark: { entrypoint, set: Object.fromEntries(axes.map((axis) => [axis, `\${${axis}}`])) } },
  timeoutMs: null,
  tags: []
})

const prompt = (of: string, name: string): SuiteCase => ({
  name: `${of}/${name}`,
  of,
  request: {
    generate: { prompt: name, inputIds: null, maxNewTokens: 8, temperature: 0, seed: null, topLogprobs: 5 }
  },
  timeoutMs: null,
  tags: []
})

const suiteOf = (
  given: Partial<Omit<Suite, "matrix" | "order">> & { matrix?: Partial<Matrix>; order?: Partial<Suite["order"]> }
): Suite => ({
  suite: "test",
  version: 1,
  backends: [],
  cases: [bench("random", ["concurrency"])],
  launch: {},
  repeats: 2,
  warmup: 0,
  budget: { runs: null, wallMs: null },
  gates: [],
  tags: [],
  ...given,
  matrix: { axes: {}, linked: [], exclude: [], include: [], ...given.matrix },
  order: { kind: "interleaved", seed: 42, restart: "never", ...given.order }
})

const remote = (name: string): PlanBackend => ({
  name,
  canLaunch: false,
  operations: ["generate", "benchmark"],
  entrypoints: ["serving", "offline-throughput"],
  standalone: ["offline-throughput"]
})
const launched = (name: string): PlanBackend => ({ ...remote(name), canLaunch: true })

const keys = (plan: Plan): readonly string[] => plan.runs.map(({ key }) => key)

const twoByTwo = suiteOf({ matrix: { axes: { concurrency: [1, 16] } } })

describe("the order", () => {
  test("interleaved: arms side by side, turned round in the second block", () => {
    expect(keys(planSuite({ suite: twoByTwo, backends: [remote("a"), remote("b")], history: unknown })))
      .toMatchInlineSnapshot(`
      [
        "random/concurrency=16/b/1",
        "random/concurrency=16/a/1",
        "random/concurrency=1/a/1",
        "random/concurrency=1/b/1",
        "random/concurrency=1/b/2",
        "random/concurrency=1/a/2",
        "random/concurrency=16/a/2",
        "random/concurrency=16/b/2",
      ]
    `)
  })

  test("sequential: as the file says", () => {
    const suite = { ...twoByTwo, order: { ...twoByTwo.order, kind: "sequential" as const } }
    expect(keys(planSuite({ suite, backends: [remote("a"), remote("b")], history: unknown }))).toMatchInlineSnapshot(`
      [
        "random/concurrency=1/a/1",
        "random/concurrency=1/b/1",
        "random/concurrency=16/a/1",
        "random/concurrency=16/b/1",
        "random/concurrency=1/a/2",
        "random/concurrency=1/b/2",
        "random/concurrency=16/a/2",
        "random/concurrency=16/b/2",
      ]
    `)
  })

  test("a server that the studio starts stays up for all of its runs, and over the border of two blocks", () => {
    const suite = suiteOf({
      matrix: { axes: { concurrency: [1, 16], dtype: ["float32", "bfloat16"] } },
      launch: { dtype: "${dtype}" }
    })
    const plan = planSuite({ suite, backends: [launched("a"), launched("b")], history: unknown })
    const servers = plan.runs.map(({ backend, point }) => `${backend} ${String(point.dtype)}`)
    expect(servers.filter((server, index) => server !== servers[index - 1])).toMatchInlineSnapshot(`
      [
        "b float32",
        "a float32",
        "b bfloat16",
        "a bfloat16",
        "b bfloat16",
        "a float32",
        "b float32",
      ]
    `)
  })

  test("with a restart per point the arms of a point follow each other", () => {
    const suite = suiteOf({
      cases: [bench("random", ["concurrency"]), bench("shared", ["concurrency"])],
      matrix: { axes: { concurrency: [1, 16] } },
      order: { restart: "point" },
      repeats: 1
    })
    expect(keys(planSuite({ suite, backends: [launched("a"), launched("b")], history: unknown })))
      .toMatchInlineSnapshot(`
      [
        "random/concurrency=1/b/1",
        "shared/concurrency=1/b/1",
        "shared/concurrency=1/a/1",
        "random/concurrency=1/a/1",
        "shared/concurrency=16/b/1",
        "random/concurrency=16/b/1",
        "shared/concurrency=16/a/1",
        "random/concurrency=16/a/1",
      ]
    `)
  })

  test("one arm that the studio starts and one that it does not run side by side", () => {
    const plan = planSuite({ suite: twoByTwo, backends: [remote("a"), launched("b")], history: unknown })
    expect(pairs(plan.runs)).toEqual(Array(4).fill("a b"))
  })

  test("an engine of its own does not stand between the runs of a server", () => {
    const suite = suiteOf({
      cases: [bench("random", ["concurrency"]), bench("offline", ["concurrency"], "offline-throughput")],
      matrix: { axes: { concurrency: [1, 2, 4] } },
      repeats: 1
    })
    const plan = planSuite({ suite, backends: [launched("a")], history: unknown })
    const offline = plan.runs.map((run) => run.case === "offline")
    expect(offline.filter((is, index) => is !== offline[index - 1])).toHaveLength(2)
  })
})

/** The arms of each two runs that follow each other, in the order of their names. */
const pairs = (runs: readonly PlannedRun[]): readonly string[] =>
  runs.flatMap(({ backend }, index) => (index % 2 === 0 ? [[backend, runs[index + 1]!.backend].sort().join(" ")] : []))

describe("warm-up", () => {
  test("once per case, point and backend, before what is measured", () => {
    const suite = suiteOf({ matrix: { axes: { concurrency: [1] } }, warmup: 2 })
    const plan = planSuite({ suite, backends: [remote("a"), remote("b")], history: unknown })
    expect(keys(plan)).toMatchInlineSnapshot(`
      [
        "random/concurrency=1/a/warmup-1",
        "random/concurrency=1/a/warmup-2",
        "random/concurrency=1/b/warmup-1",
        "random/concurrency=1/b/warmup-2",
        "random/concurrency=1/a/1",
        "random/concurrency=1/b/1",
        "random/concurrency=1/b/2",
        "random/concurrency=1/a/2",
      ]
    `)
  })

  test("again after each start of a server", () => {
    const once = (restart: Suite["order"]["restart"], backends: readonly PlanBackend[]) =>
      planSuite({
        suite: suiteOf({ matrix: { axes: { concurrency: [1] } }, warmup: 1, repeats: 3, order: { restart } }),
        backends,
        history: unknown
      }).runs.filter(({ phase }) => phase === "warmup").length
    expect(once("never", [launched("a")])).toBe(1)
    expect(once("block", [launched("a")])).toBe(3)
    // a b, b a, a b: the one that is up stays up.
    expect(once("never", [launched("a"), launched("b")])).toBe(4)
    expect(once("block", [remote("a"), remote("b")])).toBe(2)
  })

  test("once for a file of prompts, with its first", () => {
    const suite = suiteOf({ cases: [prompt("greedy", "one"), prompt("greedy", "two")], warmup: 1 })
    const plan = planSuite({ suite, backends: [remote("a")], history: unknown })
    expect(keys(plan).filter((key) => key.includes("warmup"))).toEqual(["greedy/one/a/warmup-1"])
  })
})

describe("what is skipped", () => {
  test("what a backend cannot do, before anything is run", () => {
    const suite = suiteOf({
      cases: [bench("batch", [], "one-batch"), prompt("greedy", "one")],
      launch: { dtype: "float32" }
    })
    const other = { ...launched("b"), operations: ["benchmark"] as const }
    expect(planSuite({ suite, backends: [remote("a"), other], history: unknown })).toMatchInlineSnapshot(`
      {
        "estimateMs": null,
        "runs": [],
        "seed": 42,
        "skipped": [
          {
            "key": "batch/a",
            "reason": "a has no entrypoint "one-batch"; it has serving, offline-throughput",
          },
          {
            "key": "batch/b",
            "reason": "b has no entrypoint "one-batch"; it has serving, offline-throughput",
          },
          {
            "key": "greedy/a",
            "reason": "the studio does not start a, so that it cannot set dtype: give it \`launch\` in the config",
          },
          {
            "key": "greedy/b",
            "reason": "b cannot generate",
          },
        ],
        "suite": "test",
      }
    `)
  })

  test("whole blocks beyond the budget", () => {
    const suite = { ...twoByTwo, budget: { runs: 7, wallMs: null } }
    const plan = planSuite({ suite, backends: [remote("a"), remote("b")], history: unknown })
    expect(plan.runs.every(({ block }) => block === 1)).toBe(true)
    expect(plan.skipped).toMatchInlineSnapshot(`
      [
        {
          "key": "random/concurrency=1/b/2",
          "reason": "beyond the budget of 7 runs",
        },
        {
          "key": "random/concurrency=1/a/2",
          "reason": "beyond the budget of 7 runs",
        },
        {
          "key": "random/concurrency=16/a/2",
          "reason": "beyond the budget of 7 runs",
        },
        {
          "key": "random/concurrency=16/b/2",
          "reason": "beyond the budget of 7 runs",
        },
      ]
    `)
  })

  test("whole cells where not even one block fits", () => {
    const suite = { ...twoByTwo, budget: { runs: 3, wallMs: null } }
    const plan = planSuite({ suite, backends: [remote("a"), remote("b")], history: unknown })
    expect(plan.runs.map(({ position }) => position)).toEqual([1, 2])
    expect(new Set(plan.runs.map(({ point }) => pointText(point))).size).toBe(1)
  })
})

describe("the estimate", () => {
  const plan = (known: { readonly [key: string]: number }) =>
    planSuite({ suite: twoByTwo, backends: [remote("a"), remote("b")], history: (key) => known[key] ?? null })
      .estimateMs

  test("is null where nothing is known", () => expect(plan({})).toBeNull())
  test("takes a run without history for the middle of its arm, or of everything", () =>
    expect(
      plan({ "random/concurrency=1/a/1": 10, "random/concurrency=16/b/1": 100, "random/concurrency=16/b/2": 300 })
    ).toBe(10 + 10 + 100 + 300 + 4 * 100))
})

const axisValue: fc.Arbitrary<AxisValue> = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean())
const values = fc.uniqueArray(axisValue, { minLength: 1, maxLength: 3 })

/** Matrices of up to two axes, a linked pair, and exclusions and additions of any kind. */
const matrix = fc
  .record({
    x: values,
    y: values,
    pairs: fc.uniqueArray(fc.tuple(axisValue, axisValue), { maxLength: 3, selector: ([v]) => String(v) })
  })
  .chain(({ x, y, pairs: linked }) => {
    const some = fc.record({ x: fc.constantFrom(...x), y: fc.constantFrom(...y) }, { requiredKeys: [] })
    const whole = fc.record({ x: axisValue, y: axisValue, ...(linked.length > 0 && { v: axisValue, w: axisValue }) })
    return fc.record({
      axes: fc.constant({ x, y }),
      linked: fc.constant(linked.length === 0 ? [] : [{ v: linked.map(([v]) => v), w: linked.map(([, w]) => w) }]),
      exclude: fc.array(some.filter((point) => Object.keys(point).length > 0) as fc.Arbitrary<Point>, { maxLength: 3 }),
      include: fc.array(whole as unknown as fc.Arbitrary<Point>, { maxLength: 2 })
    })
  })

const suites = fc
  .record({
    matrix,
    kind: fc.constantFrom("interleaved" as const, "sequential" as const),
    restart: fc.constantFrom("never" as const, "block" as const, "point" as const),
    seed: fc.nat(),
    repeats: fc.integer({ min: 1, max: 4 }),
    warmup: fc.integer({ min: 0, max: 2 }),
    servers: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 })
  })
  .map(({ matrix: given, kind, restart, seed, repeats, warmup, servers }) => ({
    suite: suiteOf({
      cases: [
        bench("all", ["x", "y", ...(given.linked.length > 0 ? ["v", "w"] : [])]),
        bench("some", ["x"]),
        prompt("greedy", "one")
      ],
      matrix: given,
      repeats,
      warmup,
      order: { kind, restart, seed }
    }),
    backends: servers.map((starts, index) => (starts ? launched : remote)(`b${index}`)),
    history: unknown
  }))

/** Written anew, as plainly as can be: loops and an equality of its own. */
const expectedPoints = ({ axes, linked, exclude, include }: Matrix): readonly Point[] => {
  const found: Point[] = []
  const same = (a: Point, b: Point) => Object.keys({ ...a, ...b }).every((axis) => a[axis] === b[axis])
  const add = (point: Point) => {
    if (!found.some((other) => same(other, point))) found.push(point)
  }
  const [pair] = linked
  for (const x of axes.x ?? [])
    for (const y of axes.y ?? [])
      for (const more of pair === undefined ? [{}] : pair.v!.map((v, index) => ({ v, w: pair.w![index]! }))) {
        const point: Point = { x, y, ...more }
        if (!exclude.some((taken) => Object.keys(taken).every((axis) => taken[axis] === point[axis]))) add(point)
      }
  include.forEach(add)
  return found
}

describe("every plan", () => {
  test("holds each case at each of its points, once per repeat and backend, and nothing else", () =>
    fc.assert(
      fc.property(suites, (input) => {
        const { suite, backends } = input
        const points = expectedPoints(suite.matrix)
        const ofAll = points.map((point) => cellKey("all", point))
        const ofSome = new Set(points.map(({ x }) => cellKey("some", { x: x! })))
        const ofGreedy = points.length > 0 ? ["greedy/one"] : []
        const expected = [...ofAll, ...ofSome, ...ofGreedy].flatMap((cell) =>
          backends.flatMap(({ name }) =>
            Array.from({ length: suite.repeats }, (_, index) => `${cell}/${name}/${index + 1}`)
          )
        )
        const measured = planSuite(input).runs.filter(({ phase }) => phase === "measured")
        expect(measured.map(({ key }) => key).sort()).toEqual(expected.sort())
      })
    ))

  test("has one key per run", () =>
    fc.assert(
      fc.property(suites, (input) => {
        const all = keys(planSuite(input))
        expect(new Set(all).size).toBe(all.length)
      })
    ))

  test("runs every arm of every cell once in each block, from position 1 on", () =>
    fc.assert(
      fc.property(suites, (input) => {
        const { runs } = planSuite(input)
        for (const [block, of] of Map.groupBy(runs, (run) => run.block)) {
          expect(of.map(({ position }) => position)).toEqual(of.map((_, index) => index + 1))
          const measured = of.filter(({ phase }) => phase === "measured")
          expect(measured.every(({ repeat }) => repeat === block)).toBe(true)
          for (const arms of Map.groupBy(measured, (run) => cellKey(run.case, run.point)).values())
            expect(arms.map(({ backend }) => backend).sort()).toEqual(input.backends.map(({ name }) => name))
        }
      })
    ))

  test("lets arms of the same place run side by side, first each in turn", () =>
    fc.assert(
      fc.property(suites, ({ suite, ...rest }) => {
        const backends = rest.backends.map(({ name }) => remote(name))
        const { runs } = planSuite({
          suite: { ...suite, order: { ...suite.order, kind: "interleaved" } },
          ...rest,
          backends
        })
        const measured = runs.filter(({ phase }) => phase === "measured")
        const orders = new Map<string, string[]>()
        for (let at = 0; at < measured.length; at += backends.length) {
          const unit = measured.slice(at, at + backends.length)
          const cells = new Set(unit.map((run) => cellKey(run.case, run.point)))
          expect(cells.size).toBe(1)
          const [cell] = cells
          orders.set(cell!, [...(orders.get(cell!) ?? []), unit.map(({ backend }) => backend).join()])
        }
        for (const [first, second = first?.split(",").toReversed().join()] of orders.values())
          expect(second).toBe(first!.split(",").toReversed().join())
      })
    ))

  test("is the same for the same input, byte for byte, and another for another seed", () => {
    fc.assert(fc.property(suites, (input) => JSON.stringify(planSuite(input)) === JSON.stringify(planSuite(input))))
    const seeds = [1, 2, 3, 4, 5].map((seed) =>
      keys(
        planSuite({
          suite: suiteOf({ matrix: { axes: { concurrency: [1, 2, 4, 8] } }, order: { seed } }),
          backends: [remote("a"), remote("b")],
          history: unknown
        })
      ).join()
    )
    expect(new Set(seeds).size).toBe(5)
  })

  test("keeps within a budget, loses nothing, and cuts every arm alike", () =>
    fc.assert(
      fc.property(suites, fc.nat({ max: 60 }), (input, limit) => {
        const whole = planSuite(input)
        const plan = planSuite({ ...input, suite: { ...input.suite, budget: { runs: limit, wallMs: null } } })
        expect(plan.runs.length).toBeLessThanOrEqual(limit)
        expect([...keys(plan), ...plan.skipped.map(({ key }) => key)].sort()).toEqual([...keys(whole)].sort())
        const measured = plan.runs.filter(({ phase }) => phase === "measured")
        const perArm = Map.groupBy(measured, ({ backend }) => backend)
        expect(new Set([...perArm.values()].map(({ length }) => length)).size).toBeLessThanOrEqual(1)
      })
    ))
})

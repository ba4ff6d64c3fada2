import type { GateRule } from "./gateRule.ts"
import type { JsonObject } from "./json.ts"
import type { AxisValue, Point } from "./plan.ts"
import type { RunRequest } from "./workload.ts"

/** One input of a suite. Its texts and flags may hold `${axis}`. */
export interface SuiteCase {
  readonly name: string
  /** The case of the file that this one comes from: a file of prompts gives many, which are compared as one. */
  readonly of: string
  readonly request: RunRequest
  readonly timeoutMs: number | null
  readonly tags: readonly string[]
}

/** Null: the suite has no case of that name. Looked up, since a suite may have thousands. */
export const caseNamed = ({ cases }: Pick<Suite, "cases">, name: string): SuiteCase | null => {
  const known = byName.get(cases) ?? new Map(cases.map((one) => [one.name, one]))
  byName.set(cases, known)
  return known.get(name) ?? null
}

const byName = new WeakMap<readonly SuiteCase[], ReadonlyMap<string, SuiteCase>>()

/** What varies. `linked` axes move together; `exclude` takes away every point that has its values. */
export interface Matrix {
  readonly axes: { readonly [axis: string]: readonly AxisValue[] }
  readonly linked: readonly { readonly [axis: string]: readonly AxisValue[] }[]
  readonly exclude: readonly Point[]
  /** Whole points that are added. */
  readonly include: readonly Point[]
}

export interface RunOrder {
  /** `interleaved`: one repeat of everything in turn, shuffled by the seed; `sequential`: as the file says. */
  readonly kind: "interleaved" | "sequential"
  readonly seed: number
  /** When a server that the studio starts is started anew, besides where its launch values change. */
  readonly restart: "never" | "block" | "point"
}

/** A named, versioned set of cases with matrix, repeats and gates; everything that it names is in it. */
export interface Suite {
  readonly suite: string
  readonly version: number
  /** Names or specs, the baseline first; empty: whoever runs it says. */
  readonly backends: readonly string[]
  readonly cases: readonly SuiteCase[]
  /** Added to the launch args of each backend. */
  readonly launch: JsonObject
  readonly matrix: Matrix
  /** Measured runs per case, point and backend. */
  readonly repeats: number
  /** Runs before the measured ones, per case of the file, point and backend; again after each start of its server. */
  readonly warmup: number
  readonly order: RunOrder
  /** Null: no limit. */
  readonly budget: { readonly runs: number | null; readonly wallMs: number | null }
  readonly gates: readonly GateRule[]
  /** Of every run. */
  readonly tags: readonly string[]
}

import type { ArmRecords } from "./Arms.ts"

/** How far two correct implementations in these number formats may be apart, in nats (scores: probability). */
export interface ToleranceRow {
  readonly name: "fp32" | "fp16" | "bf16" | "fp8"
  readonly mean: number
  readonly rms: number
  readonly p99: number
  readonly kl: number
  readonly score: number
  /** Largest change of log-odds that can still turn a tie. */
  readonly nearTie: number
  /** A single delta above this, on a token with p >= 0.05, fails by itself. */
  readonly gross: number
}

/** From strict to loose; defaults before any noise floor was measured. */
export const toleranceRows = {
  fp32: { name: "fp32", mean: 0.001, rms: 0.004, p99: 0.01, kl: 1e-5, score: 0.002, nearTie: 0.02, gross: 0.2 },
  fp16: { name: "fp16", mean: 0.005, rms: 0.01, p99: 0.04, kl: 1e-4, score: 0.005, nearTie: 0.06, gross: 0.5 },
  bf16: { name: "bf16", mean: 0.03, rms: 0.06, p99: 0.15, kl: 2e-3, score: 0.03, nearTie: 0.25, gross: 1 },
  fp8: { name: "fp8", mean: 0.08, rms: 0.15, p99: 0.4, kl: 1e-2, score: 0.03, nearTie: 0.5, gross: 2 }
} as const satisfies { readonly [name: string]: ToleranceRow }

export interface ToleranceClass {
  /** The loosest row that a declared format allows; fp32 where no side declares one. */
  readonly row: ToleranceRow
  /** Names of the sides whose number format is not known: their class may be too strict. */
  readonly undeclared: readonly string[]
  readonly source: string
}

export interface Side {
  readonly label: string
  readonly dtype: string | null
}

/** What an arm declares of itself. */
export const sideOf = ({ label, records }: ArmRecords): Side => ({
  label,
  dtype: records.find(({ run }) => run.fingerprint !== null)?.run.fingerprint?.dtype ?? null
})

export const toleranceClass = (sides: readonly Side[]): ToleranceClass => {
  const known = sides.flatMap(({ dtype }) => rowOf(dtype) ?? [])
  const row = known.reduce<ToleranceRow>(
    (a, b) => (order.indexOf(b.name) > order.indexOf(a.name) ? b : a),
    toleranceRows.fp32
  )
  const undeclared = sides.filter(({ dtype }) => rowOf(dtype) === null).map(({ label }) => label)
  const declared = sides.map(({ label, dtype }) => `${label} ${dtype ?? "declares no dtype"}`).join(", ")
  return { row, undeclared, source: `class ${row.name}: ${declared}` }
}

const order = Object.keys(toleranceRows)

const rowOf = (dtype: string | null): ToleranceRow | null => {
  if (dtype === null) return null
  const name = dtype.toLowerCase().replace(/^(torch|jnp|jax\.numpy)\./, "")
  if (/^(float32|fp32|f32|float)$/.test(name)) return toleranceRows.fp32
  if (/^(float16|fp16|f16|half)$/.test(name)) return toleranceRows.fp16
  if (/^(bfloat16|bf16)$/.test(name)) return toleranceRows.bf16
  if (/^(fp8|float8|int8|w8a8|e4m3|e5m2)/.test(name)) return toleranceRows.fp8
  return null
}

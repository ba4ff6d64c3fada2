import type { Finding, Json, JsonObject } from "@sglang-studio/core/domain"
import { excerpt, numberOf } from "../looseJson.ts"

/** A count, a time or a rate: a number from 0; else null. */
export const quantityOf = (value: Json | undefined): number | null => {
  const number = numberOf(value)
  return number === null || number < 0 ? null : number
}

interface Source {
  readonly raw: JsonObject
  /** Keys whose value was NaN or Infinity: told already. */
  readonly nonfinite: readonly string[]
}

/** A key under which a quantity belongs. */
export interface Field {
  readonly key: string
  /** What the program writes where it knows none. */
  readonly unknown?: number
  /** How far below 0 it may come out as the difference of two readings of the clock. */
  readonly noise?: number
}

/**
 * What under these keys is no quantity: a warning, and a note where it is but the noise of a clock. Null is every
 * program's word for none.
 */
export const implausible = (sources: readonly Source[], fields: readonly Field[]): readonly Finding[] => {
  const found = sources.flatMap(({ raw, nonfinite }) =>
    fields.flatMap(({ key, unknown, noise = 0 }) => {
      const value = raw[key] ?? null
      if (value === null || value === unknown || quantityOf(value) !== null || nonfinite.includes(key)) return []
      return [{ key, value, isNoise: (numberOf(value) ?? -Infinity) >= -noise }]
    })
  )
  if (found.length === 0) return []
  const told = found.map(({ key, value }) => `${key} is ${excerpt(JSON.stringify(value))}`)
  return [
    {
      code: "implausible-value",
      severity: found.every(({ isNoise }) => isNoise) ? "info" : "warning",
      message: `Left out, since it can be no measured value: ${told.join(", ")}.`,
      evidence: { values: Object.fromEntries(found.map(({ key, value }) => [key, value])) }
    }
  ]
}

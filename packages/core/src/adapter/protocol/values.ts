/** What the contract says of single values, for checks that run over every number that an adapter tells. */

export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

/** Ids are stored as 32-bit integers. */
export const isTokenId = (value: unknown): value is number => isCount(value) && value <= 0x7fff_ffff

export const isText = (value: unknown): value is string => typeof value === "string"

export const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string"

/** Engines round: ln 1 may come out a little above 0, a sum of probabilities a little above 1. */
const rounding = 1e-6

/** Natural log of a probability; NaN and the infinities are none. */
export const isLogprob = (value: unknown): value is number =>
  typeof value === "number" && value <= rounding && value > -Infinity

export const isProbability = (value: unknown): value is number =>
  typeof value === "number" && value >= -rounding && value <= 1 + rounding

export const isDuration = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value < Infinity

export const aLogprob = "a finite number up to 0"
export const aLogprobOrNull = "null or a finite number up to 0"
export const aTokenId = "a whole number from 0"
export const aText = "a text"
export const aTextOrNull = "a text or null"

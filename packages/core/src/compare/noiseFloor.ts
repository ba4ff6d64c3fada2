import { upperToleranceRank } from "../math/toleranceBound.ts"
import type { SelfCheck } from "./selfChecks.ts"

/** How far the sides are from themselves when they are asked again. */
export interface NoiseFloor {
  readonly positions: number
  /** Covers this share of all self-differences with 95 % confidence. */
  readonly content: number
  /** In nats; null where too few positions were measured. */
  readonly bound: number | null
}

/**
 * An order-statistic bound over every steady probe of both sides; null where none was sent. What is off is a fault of
 * its side, with a cause of its own, and is no noise.
 */
export const noiseFloor = (checks: readonly SelfCheck[]): NoiseFloor | null => {
  const steady = checks.filter(({ isOff }) => !isOff)
  if (steady.length === 0) return null
  const sizes = Float64Array.from(steady.flatMap(({ sizes }) => [...sizes])).sort()
  for (const content of contents) {
    const rank = upperToleranceRank(sizes.length, content, confidence)
    if (rank !== null) return { positions: sizes.length, content, bound: sizes[rank - 1]! }
  }
  return { positions: sizes.length, content: contents[0], bound: null }
}

/** From the wanted share to the one that fewer positions allow. */
const contents = [0.99, 0.95] as const
const confidence = 0.95

/** The larger of the class's limit and one and a half times what the sides do to themselves, within that limit. */
export const withNoise = (limit: number, noise: NoiseFloor | null): number =>
  noise === null || noise.bound === null || noise.bound > limit ? limit : Math.max(limit, 1.5 * noise.bound)

/** The noise floor in words, for the source of a tolerance. */
export const noiseWords = (noise: NoiseFloor | null): string => {
  if (noise === null) return ""
  const { positions, content, bound } = noise
  return bound === null
    ? `; noise floor not measured: ${positions} self-differences are too few`
    : `; noise floor ${Number(bound.toPrecision(2))} (${content * 100} % of ${positions} self-differences)`
}

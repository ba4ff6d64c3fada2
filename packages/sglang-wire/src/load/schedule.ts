import { makeXoshiro } from "@sglang-studio/core/math"
import type { Arrival } from "./settings.ts"

/**
 * When each of `count` requests should be sent, in milliseconds from the start; the first at once. Made before the run
 * and kept to by the clock, so that a slow answer delays no later request. Null for a closed loop, which has no plan.
 */
export const scheduleOf = (arrival: Arrival, count: number, seed: number): Float64Array | null => {
  if (arrival.loop === "closed") return null
  const random = makeXoshiro(seed ^ 0x5eed)
  const interval = 1000 / arrival.rate
  const times = new Float64Array(count)
  for (let index = 1; index < count; index++) {
    // Exponential gaps; 1 - u is never 0.
    const gap = arrival.spacing === "constant" ? 1 : -Math.log(1 - random.u32() / 2 ** 32)
    times[index] = (times[index - 1] ?? 0) + gap * interval
  }
  return times
}

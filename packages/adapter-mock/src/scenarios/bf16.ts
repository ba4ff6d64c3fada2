import { addNoise, noiseSize } from "./addNoise.ts"
import type { Scenario } from "./Scenario.ts"

/**
 * A backend that computes in bfloat16. With `grid` its log-softmax is stored in bfloat16 too, so values lie on that
 * grid; without, the error is as large and off the grid. `value`: standard deviation of the error of a logit.
 */
export const bf16: Scenario = {
  name: "bf16",
  plants: "bfloat16-sized error, on the bf16 grid unless grid=false",
  keys: { grid: true, value: noiseSize.bf16 },
  behave: ({ grid, value }, seed) => ({
    logits: addNoise(value, seed + 1),
    logprob: grid ? toBf16 : (logprob) => logprob
  })
}

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** Rounds to the nearest number with 8 significant bits, ties to even. */
export const toBf16 = (value: number): number => {
  float[0] = value
  const whole = bits[0] ?? 0
  bits[0] = (whole + 0x7fff + ((whole >>> 16) & 1)) & 0xffff0000
  return float[0]
}

import { makeXoshiro } from "../../src/math/Xoshiro.ts"
import { arm, fingerprint, generateRequest, run, trace } from "./arms.ts"
import type { ArmRecords } from "../../src/compare/Arms.ts"

/** A vocabulary small enough to see whole, large enough that five best tokens do not cover it. */
const vocabulary = 40
const k = 5

/** What a backend does to the sound logits and the reported logprobs. */
export interface Fault {
  readonly logits?: (logits: readonly number[], position: number, random: () => number) => readonly number[]
  readonly logprob?: (logprob: number) => number
  /** Tokens in front that only this side has. */
  readonly head?: readonly number[]
  /** The side sees only so many of the last tokens. */
  readonly seen?: number
  readonly dtype?: string
}

/** Uniform in [0, 1). */
export const uniform = (seed: number): (() => number) => {
  const stream = makeXoshiro(seed)
  return () => stream.u32() / 2 ** 32
}

/** Roughly normal with standard deviation 1. */
export const bell = (random: () => number): number =>
  (Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, 0) - 6) as number

/** Teacher-forced traces of `prompts` random prompts; the seed makes the model and the prompts, `noise` the fault. */
export const modelArm = (
  label: string,
  seed: number,
  {
    prompts = 32,
    shortest = 12,
    longest = 40,
    noise = 0
  }: { prompts?: number; shortest?: number; longest?: number; noise?: number },
  fault: Fault = {}
): ArmRecords => {
  const sizes = uniform(seed)
  return arm(
    label,
    ...Array.from({ length: prompts }, (_, prompt) => {
      const length = shortest + Math.floor(sizes() * (longest - shortest + 1))
      const sound = uniform(seed * 1000 + prompt)
      const random = uniform(noise * 7919 + seed * 1000 + prompt + 1)
      const rows = Array.from({ length }, (_, position) => {
        const logits = Array.from({ length: vocabulary }, () => 3 * bell(sound))
        const id = Math.floor(sound() * vocabulary)
        return { id, ...distribution(fault.logits?.(logits, position, random) ?? logits, id, fault) }
      })
      const head = (fault.head ?? []).map((id) => ({ id, logprob: -1, top: [] }))
      const seen = [...head, ...rows.slice(Math.max(0, rows.length - (fault.seen ?? Infinity)))]
      return {
        run: run(`${label}-${prompt}`, generateRequest({ prompt: `prompt ${prompt}` }), {
          fingerprint: fingerprint({ dtype: fault.dtype ?? "float32" })
        }),
        traces: [
          trace({
            ids: seen.map((row) => row.id),
            logprobs: seen.map((row, i) => (i === 0 ? null : row.logprob)),
            top: seen.map((row, i) => (i === 0 ? [] : row.top))
          })
        ]
      }
    })
  )
}

const distribution = (logits: readonly number[], id: number, { logprob = (x) => x }: Fault) => {
  const highest = Math.max(...logits)
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0)) + highest
  const logprobs = logits.map((logit) => logprob(logit - total))
  const best = [...logprobs.keys()].sort((i, j) => logprobs[j]! - logprobs[i]! || i - j).slice(0, k)
  return { logprob: logprobs[id]!, top: best.map((token) => [token, logprobs[token]!] as const) }
}

import type { BenchmarkFlags } from "@sglang-studio/core/adapter"
import { invalidRequest } from "../invalidRequest.ts"

/**
 * Refuses a flag that is a slip of one that moves the simulated engine: it would run the default without a word, and an
 * engine's own program refuses it. Which further flags the programs know changes with their versions, so that any other
 * name is let through; the studio's own `load` has these and no others.
 */
export const checkFlags = (entrypoint: string, flags: BenchmarkFlags): void => {
  const moving = movingFlags[entrypoint] ?? []
  for (const name of Object.keys(flags).filter((each) => !moving.includes(each))) {
    const meant = moving.find((flag) => isSlip(name, flag))
    if (meant !== undefined) throw invalidRequest(`${entrypoint} has no flag ${name}.`, `Did you mean ${meant}?`)
    if (entrypoint === "load") throw invalidRequest(`load has no flag ${name}.`, `Its flags are ${moving.join(", ")}.`)
  }
}

const lengths = ["random-input-len", "random-output-len", "random-range-ratio"]
const shapes = ["batch-size", "input-len", "output-len"]

/** The flags that the mock heeds; of `load` all that there are. */
const movingFlags: { readonly [entrypoint: string]: readonly string[] } = {
  serving: ["num-prompts", ...lengths, "request-rate", "max-concurrency", "warmup-requests", "seed"],
  load: [
    ...["num-prompts", "input-len", "output-len", "request-rate", "max-concurrency", "warmup-requests", "seed"],
    ...["kind", "arrival", "items", "item-len", "labels", "prompts-file", "request-timeout", "vocab-size"]
  ],
  "offline-throughput": ["num-prompts", ...lengths, "warmup-requests", "seed"],
  "one-batch-server": shapes,
  "one-batch": shapes
}

/** A letter or two astray, underscores for dashes, or some of its words, such as `input-len` for `random-input-len`. */
const isSlip = (written: string, flag: string): boolean => {
  const plain = written.toLowerCase().replaceAll("_", "-")
  return `-${flag}-`.includes(`-${plain}-`) || edits(plain, flag) <= (flag.length < 8 ? 1 : 2)
}

/** Letters that are put in, left out or changed between two words. */
const edits = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (const [index, other] of [...to].entries())
      next.push(Math.min(row[index]! + Number(letter !== other), row[index + 1]! + 1, next[index]! + 1))
    row = next
  }
  return row[to.length] ?? 0
}

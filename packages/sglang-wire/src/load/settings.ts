import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import { refuse } from "../refuse.ts"

/** The studio's own load client, beside the programs that the engines bring. */
export const loadEntrypoint = "load"

/** When requests are sent: by a clock, whatever the server does, or each when an earlier one is answered. */
export type Arrival =
  | { readonly loop: "closed"; readonly concurrency: number }
  | {
      readonly loop: "open"
      /** Requests per second. */
      readonly rate: number
      readonly spacing: "poisson" | "constant"
      /** Most requests at once; those above it wait in the client, and their waiting counts. Null: no limit. */
      readonly concurrency: number | null
    }

export interface LoadSettings {
  readonly kind: "generate" | "score"
  readonly prompts: number
  readonly arrival: Arrival
  /** Tokens of a prompt, or of a score's query. */
  readonly inputLen: number
  readonly outputLen: number
  /** Of one score request. */
  readonly items: number
  readonly itemLen: number
  readonly labels: number
  readonly seed: number
  readonly warmup: number
  /** Requests to send instead of random ones; null: random token ids. */
  readonly promptsFile: string | null
  readonly requestTimeoutMs: number
  /** Random ids are below it; null: what the model's own config says. */
  readonly vocabulary: number | null
}

const known = [
  "kind",
  "num-prompts",
  "request-rate",
  "arrival",
  "max-concurrency",
  "input-len",
  "output-len",
  "items",
  "item-len",
  "labels",
  "seed",
  "warmup-requests",
  "prompts-file",
  "request-timeout",
  "vocab-size"
]

/** Requests at once where neither a rate nor a limit is given. */
const defaultConcurrency = 8

/** Reads the flags of `load` strictly; `AdapterError` `invalid-request` names the flag. */
export const readLoadSettings = (set: BenchmarkFlags): LoadSettings => {
  const stranger = Object.keys(set).find((flag) => !known.includes(flag))
  if (stranger !== undefined) throw refuse(`set.${stranger}`, "is no flag of `load`", `Known are ${known.join(", ")}.`)
  const arrival = readArrival(set)
  const settings: LoadSettings = {
    kind: oneOf(set, "kind", ["generate", "score"]),
    prompts: whole(set, "num-prompts", 200, 1, 1_000_000),
    arrival,
    inputLen: whole(set, "input-len", 128, 1, 1_000_000),
    outputLen: whole(set, "output-len", 32, 1, 1_000_000),
    items: whole(set, "items", 8, 1, 100_000),
    itemLen: whole(set, "item-len", 32, 1, 1_000_000),
    labels: whole(set, "labels", 2, 1, 10_000),
    seed: whole(set, "seed", 1, 0),
    // Every shape of batch that the run will form has to be compiled before it is timed.
    warmup: whole(set, "warmup-requests", Math.max(8, 2 * (arrival.concurrency ?? 0)), 0, 1_000_000),
    promptsFile: set["prompts-file"] === undefined ? null : String(set["prompts-file"]),
    requestTimeoutMs: positive(set, "request-timeout", 600) * 1000,
    vocabulary: set["vocab-size"] === undefined ? null : whole(set, "vocab-size", 0, 16)
  }
  refuseTooMuch(settings)
  return settings
}

/** Every request is made before the clock runs, and kept. */
const mostTokens = 100_000_000

const refuseTooMuch = ({ kind, prompts, warmup, inputLen, items, itemLen, promptsFile }: LoadSettings): void => {
  const each = kind === "generate" ? inputLen : inputLen + items * itemLen
  if (promptsFile === null && (prompts + warmup) * each > mostTokens)
    throw refuse(
      "set.num-prompts",
      `${prompts} requests of ${each} tokens are more than this client can hold`,
      `Ask for ${Math.max(1, Math.floor(mostTokens / each) - warmup)} at most, or for shorter ones.`
    )
}

const readArrival = (set: BenchmarkFlags): Arrival => {
  const concurrency = set["max-concurrency"] === undefined ? null : whole(set, "max-concurrency", 1, 1, 100_000)
  const isOpen = set["request-rate"] !== undefined && set["request-rate"] !== "inf"
  if (!isOpen) {
    if (set["arrival"] !== undefined)
      throw refuse("set.arrival", "needs a request-rate", "Give request-rate too, or leave it out for a closed loop.")
    return { loop: "closed", concurrency: concurrency ?? defaultConcurrency }
  }
  return {
    loop: "open",
    rate: positive(set, "request-rate", 1),
    spacing: oneOf(set, "arrival", ["poisson", "constant"]),
    concurrency
  }
}

const oneOf = <const A extends string>(set: BenchmarkFlags, flag: string, values: readonly [A, ...A[]]): A => {
  const given = set[flag] ?? values[0]
  const value = values.find((each) => each === given)
  if (value === undefined)
    throw refuse(`set.${flag}`, `"${given}" is none of its values`, `Use ${values.join(" or ")}.`)
  return value
}

const positive = (set: BenchmarkFlags, flag: string, byDefault: number): number => {
  const value = Number(set[flag] ?? byDefault)
  if (!Number.isFinite(value) || value <= 0)
    throw refuse(`set.${flag}`, `"${set[flag]}" is no number above 0`, "Give a number such as 10 or 0.5.")
  return value
}

const whole = (set: BenchmarkFlags, flag: string, byDefault: number, least: number, most = 2 ** 53): number => {
  const value = Number(set[flag] ?? byDefault)
  if (!Number.isInteger(value) || value < least || value > most)
    throw refuse(
      `set.${flag}`,
      `"${set[flag]}" is no whole number from ${least}${most === 2 ** 53 ? "" : ` to ${most}`}`,
      `Give a number such as ${byDefault}.`
    )
  return value
}

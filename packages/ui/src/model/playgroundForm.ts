import {
  readFlag,
  type BenchmarkFlags,
  type MaskChoice,
  type RunRequest,
  type ScoreInput,
  type TokenInput
} from "@sglang-studio/core/domain"

/** What the Playground's form holds; every field is text or a switch, as the user sees it. */
export interface PlaygroundForm {
  readonly mode: "score" | "generate" | "benchmark"
  /** In order: the first is the baseline. */
  readonly backends: readonly string[]
  readonly query: string
  readonly items: string
  readonly itemsAs: "lines" | "json"
  /** Token texts, or `#id`. */
  readonly labels: readonly string[]
  readonly softmax: boolean
  readonly itemFirst: boolean
  readonly oneByOne: boolean
  readonly mask: "" | MaskChoice["preset"]
  /** Rows of 0 and 1 as JSON, for a custom mask. */
  readonly maskMatrix: string
  /** Largest difference that is allowed; empty: as the comparison finds it. */
  readonly tolerance: string
  readonly prompt: string
  readonly maxNewTokens: string
  readonly temperature: string
  readonly seed: string
  readonly topLogprobs: string
  readonly entrypoint: string
  /** One a line: `num-prompts=64`. */
  readonly flags: string
}

export const modes = ["score", "generate", "benchmark"] as const

export const masks = ["none", "causal", "bidirectional-prefix", "doc-isolation", "custom"] as const

export const emptyForm: PlaygroundForm = {
  mode: "score",
  backends: [],
  query: "",
  items: "",
  itemsAs: "lines",
  labels: [],
  softmax: true,
  itemFirst: false,
  oneByOne: true,
  mask: "",
  maskMatrix: "",
  tolerance: "",
  prompt: "",
  maxNewTokens: "32",
  temperature: "0",
  seed: "",
  topLogprobs: "5",
  entrypoint: "serving",
  flags: ""
}

export const exampleForm = {
  query: "Does this sentence answer the question \u201cHow do refunds work?\u201d Answer yes or no.",
  items: [
    "Refunds are issued within 14 days.",
    "Contact support to request a refund.",
    "All sales are final.",
    "Shipping takes 3 to 5 days."
  ].join("\n"),
  itemsAs: "lines",
  labels: [" yes", " no"],
  prompt: "Refunds are issued",
  flags: "num-prompts=64\nmax-concurrency=4\ninput-len=64\noutput-len=16"
} as const

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string }

export const good = <T>(value: T): Read<T> => ({ ok: true, value })
export const bad = (problem: string) => ({ ok: false, problem }) as const

/** The items that the text stands for: one a line, or a JSON array of strings or of token-id arrays. */
export const readItems = (text: string, as: PlaygroundForm["itemsAs"]): Read<readonly TokenInput[]> => {
  if (as === "lines") {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "")
    return lines.length === 0 ? bad("Add at least one item.") : good(lines)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return bad('Items must be a JSON array, for example ["first", "second"].')
  }
  if (!Array.isArray(value) || value.length === 0) return bad("Items must be a JSON array with at least one item.")
  const items: TokenInput[] = []
  for (const [index, item] of value.entries()) {
    if (typeof item === "string" && item !== "") items.push(item)
    else if (Array.isArray(item) && item.length > 0 && item.every((id) => Number.isInteger(id) && id >= 0))
      items.push(item as number[])
    else return bad(`Item ${index + 1} must be text or an array of token ids.`)
  }
  return good(items)
}

export const labelId = (label: string): number | null => (/^#\d+$/.test(label) ? Number(label.slice(1)) : null)

const whole = (text: string, name: string, least: number): Read<number> => {
  const value = Number(text)
  return text.trim() !== "" && Number.isInteger(value) && value >= least
    ? good(value)
    : bad(`${name} must be a whole number, ${least} or more.`)
}

/** The request that the form stands for, or the first thing that is wrong with it. */
export const readForm = (form: PlaygroundForm): Read<RunRequest> => {
  if (form.backends.length === 0) return bad("Choose at least one backend.")
  switch (form.mode) {
    case "score":
      return readScore(form)
    case "generate":
      return readGenerate(form)
    case "benchmark":
      return readBenchmark(form)
  }
}

const readBenchmark = ({ entrypoint, flags }: PlaygroundForm): Read<RunRequest> => {
  const set: Record<string, BenchmarkFlags[string]> = {}
  const lines = flags.split(/\r?\n/).map((line) => line.trim())
  for (const line of lines.filter((one) => one !== "")) {
    const flag = readFlag(line)
    if (flag === null) return bad(`Flags: \u201c${line}\u201d is not written as num-prompts=64.`)
    const [name, value] = flag
    if (name in set) return bad(`Flags: ${name} is there twice.`)
    set[name] = value
  }
  return good({ benchmark: { entrypoint, set } })
}

/** Labels all as text or all as ids. */
export const readLabels = (labels: readonly string[]): Read<Pick<ScoreInput, "labels" | "labelTokenIds">> => {
  if (labels.length === 0) return bad("Add at least one label: the token whose probability is the score.")
  const ids = labels.map(labelId).filter((id) => id !== null)
  if (ids.length === 0) return good({ labels, labelTokenIds: null })
  if (ids.length < labels.length) return bad("Write the labels either all as text or all as #id.")
  return good({ labels: null, labelTokenIds: ids })
}

const readMask = ({ mask, maskMatrix }: PlaygroundForm): Read<MaskChoice | null> => {
  if (mask === "") return good(null)
  if (mask !== "custom") return good({ preset: mask, matrix: null })
  let value: unknown
  try {
    value = JSON.parse(maskMatrix)
  } catch {
    return bad("The mask must be JSON: rows of 0 and 1, for example [[1,0],[1,1]].")
  }
  const isSquare =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (row) => Array.isArray(row) && row.length === value.length && row.every((cell) => cell === 0 || cell === 1)
    )
  return isSquare
    ? good({ preset: "custom", matrix: value as readonly (readonly number[])[] })
    : bad("The mask must be a square of 0 and 1: as many rows as each row is long.")
}

export const readTolerance = (text: string): Read<number | null> => {
  if (text.trim() === "") return good(null)
  const value = Number(text)
  return value > 0 && Number.isFinite(value) ? good(value) : bad("The tolerance must be a number above 0, or empty.")
}

const readScore = (form: PlaygroundForm): Read<RunRequest> => {
  if (form.query === "") return bad("Write the query that every item is scored with.")
  const items = readItems(form.items, form.itemsAs)
  if (!items.ok) return items
  const labels = readLabels(form.labels)
  if (!labels.ok) return labels
  const mask = readMask(form)
  if (!mask.ok) return mask
  const tolerance = readTolerance(form.tolerance)
  if (!tolerance.ok) return tolerance
  return good({
    score: {
      query: form.query,
      items: items.value,
      ...labels.value,
      applySoftmax: form.softmax,
      itemFirst: form.itemFirst,
      oneByOne: form.oneByOne,
      mask: mask.value
    }
  })
}

const readGenerate = (form: PlaygroundForm): Read<RunRequest> => {
  if (form.prompt === "") return bad("Write a prompt.")
  const maxNewTokens = whole(form.maxNewTokens, "New tokens", 1)
  if (!maxNewTokens.ok) return maxNewTokens
  const topLogprobs = whole(form.topLogprobs, "Alternatives", 0)
  if (!topLogprobs.ok) return topLogprobs
  const temperature = Number(form.temperature)
  if (form.temperature.trim() === "" || !(temperature >= 0)) return bad("Temperature must be a number, 0 or more.")
  const seed = form.seed.trim() === "" ? good(null) : whole(form.seed, "Seed", 0)
  if (!seed.ok) return seed
  return good({
    generate: {
      prompt: form.prompt,
      inputIds: null,
      maxNewTokens: maxNewTokens.value,
      temperature,
      seed: seed.value,
      topLogprobs: topLogprobs.value
    }
  })
}

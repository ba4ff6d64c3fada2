import { emptyForm, masks, modes, type PlaygroundForm } from "./playgroundForm.ts"

/** Longer texts stay out of the address: browsers and chat programs cut it. */
const longest = 4000

const lists = ["backends", "labels"] as const
const switches = ["softmax", "itemFirst", "oneByOne"] as const
const texts = [
  "mode",
  "query",
  "items",
  "itemsAs",
  "mask",
  "maskMatrix",
  "tolerance",
  "prompt",
  "maxNewTokens",
  "temperature",
  "seed",
  "topLogprobs",
  "entrypoint",
  "flags"
] as const

/** The form as query parameters; null = as empty, so not in the address. */
export const formToQuery = (form: PlaygroundForm): Record<string, string | null> => {
  const query: Record<string, string | null> = {}
  for (const key of texts) query[key] = form[key] === emptyForm[key] || form[key].length > longest ? null : form[key]
  for (const key of switches) query[key] = form[key] === emptyForm[key] ? null : form[key] ? "1" : "0"
  for (const key of lists) query[key] = form[key].length === 0 ? null : JSON.stringify(form[key])
  return query
}

export const formFromQuery = (query: URLSearchParams): PlaygroundForm => {
  const text = (key: string): string | null => query.get(key)
  const on = (key: (typeof switches)[number]): boolean => (query.has(key) ? query.get(key) === "1" : emptyForm[key])
  return {
    ...emptyForm,
    ...Object.fromEntries(texts.flatMap((key) => (query.has(key) ? [[key, text(key)]] : []))),
    mode: modes.find((mode) => mode === text("mode")) ?? "score",
    itemsAs: text("itemsAs") === "json" ? "json" : "lines",
    softmax: on("softmax"),
    mask: masks.find((mask) => mask === text("mask")) ?? "",
    itemFirst: on("itemFirst"),
    oneByOne: on("oneByOne"),
    backends: listOf(text("backends")),
    labels: listOf(text("labels"))
  }
}

const listOf = (text: string | null): readonly string[] => {
  if (text === null) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []
  } catch {
    return []
  }
}

import { isTime, provenances, runKinds, runStatuses } from "@sglang-studio/core/domain"
import { filterKeys, isSpan, type FilterKey, type RunFilter } from "./runFilter.ts"

/** Values that can be offered for a field; what is stored decides about backends, tags and suites. */
export type FilterValues = { readonly [K in FilterKey]?: readonly string[] }

export const fixedValues: FilterValues = {
  kind: runKinds,
  status: runStatuses,
  provenance: provenances,
  since: ["1h", "24h", "7d", "30d"],
  archived: ["true"]
}

/** What in a filter is no value of its field: it lets no run through, and the server refuses it. */
export const valueFaults = (filter: RunFilter): readonly string[] =>
  filterKeys.flatMap((key) => {
    const value = filter[key]
    if (value === undefined) return []
    if (key === "since")
      return isSpan(value) || isTime(value) ? [] : [`since: ${value} is no time; 24h, 7d or 2026-01-31 is`]
    const known = fixedValues[key]
    return known === undefined || known.includes(value) ? [] : [`${key}: no ${value}; there is ${known.join(", ")}`]
  })

/** The same, and words that look like a field that there is not. */
export const filterFaults = (filter: RunFilter): readonly string[] => [
  ...valueFaults(filter),
  ...(filter.q ?? "").split(" ").flatMap((word) => {
    const [, name] = /^([a-z]+):(?!\/)/i.exec(word) ?? []
    return name === undefined
      ? []
      : [`${name}: is no field, and was looked for as a word; fields are ${filterKeys.join(", ")}`]
  })
]

/** What could take the place of the word at the caret. */
export interface FilterWords {
  readonly from: number
  readonly to: number
  readonly options: readonly string[]
}

const most = 8

/** Offers whole filters that were kept while there is nothing, then fields until one is chosen, then its values. */
export const filterWords = (
  text: string,
  caret: number,
  values: FilterValues,
  kept: readonly string[] = []
): FilterWords => {
  if (text === "") return { from: 0, to: 0, options: [...kept.slice(0, most), ...filterKeys.map((one) => `${one}:`)] }
  const from = text.lastIndexOf(" ", caret - 1) + 1
  const end = text.indexOf(" ", caret)
  const to = end < 0 ? text.length : end
  const word = text.slice(from, caret).toLowerCase()
  const key = filterKeys.find((one) => word.startsWith(`${one}:`))
  const offered =
    key === undefined
      ? filterKeys.map((one) => `${one}:`).filter((one) => one.startsWith(word))
      : (values[key] ?? [])
          .map((value) => `${key}:${value}`)
          .filter((one) => one.toLowerCase().includes(word.slice(key.length + 1), key.length + 1))
  return { from, to, options: offered.filter((one) => one !== text.slice(from, to)).slice(0, most) }
}

/** The text with an option in its place, and where the caret goes: a value is followed by a space, a field is not. */
export const takeWord = (text: string, { from, to }: FilterWords, option: string) => {
  const taken = option.endsWith(":") ? option : `${option} `
  return { text: text.slice(0, from) + taken + text.slice(to).trimStart(), caret: from + taken.length }
}

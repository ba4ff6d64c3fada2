/** Fields of a run that the filter knows by name; every other word is searched for. */
export const filterKeys = ["backend", "kind", "status", "tag", "suite", "provenance", "since"] as const

type FilterKey = (typeof filterKeys)[number]

export type RunFilter = { readonly [K in FilterKey | "q"]?: string }

const isKey = (word: string): word is FilterKey => filterKeys.some((key) => key === word)

/** `backend:jax status:failed refund policy` as fields and a search. */
export const readFilter = (text: string): RunFilter => {
  const filter: { [K in FilterKey | "q"]?: string } = {}
  const rest: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [key = "", ...value] = word.split(":")
    if (isKey(key) && value.join(":") !== "") filter[key] = value.join(":")
    else rest.push(word)
  }
  if (rest.length > 0) filter.q = rest.join(" ")
  return filter
}

export const filterText = (filter: RunFilter): string =>
  [...filterKeys.flatMap((key) => (filter[key] === undefined ? [] : [`${key}:${filter[key]}`])), filter.q ?? ""]
    .join(" ")
    .trim()

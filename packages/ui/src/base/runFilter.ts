/** Fields of a run that the filter knows by name; every other word is searched for. */
export const filterKeys = ["backend", "kind", "status", "tag", "suite", "provenance", "since", "archived"] as const

export type FilterKey = (typeof filterKeys)[number]

export type RunFilter = { readonly [K in FilterKey | "q"]?: string }

const isKey = (word: string): word is FilterKey => filterKeys.some((key) => key === word)

/** `backend:jax status:failed refund policy` as fields and a search. */
export const readFilter = (text: string): RunFilter => {
  const filter: { [K in FilterKey | "q"]?: string } = {}
  const rest: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [key = "", ...value] = word.split(":")
    // A field whose value is still to come filters nothing.
    if (isKey(key) && word.includes(":")) {
      if (value.join(":") !== "") filter[key] = value.join(":")
    } else rest.push(word)
  }
  if (rest.length > 0) filter.q = rest.join(" ")
  return filter
}

export const filterText = (filter: RunFilter): string =>
  [...filterKeys.flatMap((key) => (filter[key] === undefined ? [] : [`${key}:${filter[key]}`])), filter.q ?? ""]
    .join(" ")
    .trim()

const lengths: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const span = /^(\d+)([mhd])$/

/** `24h` */
export const isSpan = (text: string): boolean => span.test(text)

/** A filter as the server takes it: `since:24h` becomes a time, so that a link stays true tomorrow. */
export const filterQuery = ({ since, archived, ...rest }: RunFilter, now = Date.now()) => {
  const [, amount, unit = ""] = span.exec(since ?? "") ?? []
  const from = amount === undefined ? since : new Date(now - Number(amount) * (lengths[unit] ?? 0)).toISOString()
  return {
    ...rest,
    ...(from === undefined ? {} : { since: from }),
    ...(archived === "true" ? { archived: true } : {})
  }
}

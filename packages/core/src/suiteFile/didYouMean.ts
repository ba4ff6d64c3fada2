import leven from "leven"

/** `; did you mean "x"?`, where a known name is close to what was written; else nothing. */
export const didYouMean = (written: string, known: readonly string[]): string => {
  const [closest] = known
    .map((name) => ({ name, distance: leven(written, name) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 4)))
    .toSorted((a, b) => a.distance - b.distance)
  return closest === undefined ? "" : `; did you mean "${closest.name}"?`
}

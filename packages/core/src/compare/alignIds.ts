/** How the token ids of two sides of one prompt lie against each other. */
export type Alignment =
  | { readonly kind: "same" }
  /** The ids agree where the candidate's are moved by `by`: one side has that many more leading tokens. */
  | { readonly kind: "shift"; readonly by: number }
  /** One side ends early. */
  | { readonly kind: "length"; readonly common: number }
  /** Other ids from `common` on. */
  | { readonly kind: "ids"; readonly common: number }

/** Compares the first `aLength` and `bLength` ids. `shift` means: `a[i]` is `b[i + by]`. */
export const alignIds = (a: Int32Array, aLength: number, b: Int32Array, bLength: number): Alignment => {
  const shortest = Math.min(aLength, bLength)
  let common = 0
  while (common < shortest && a[common] === b[common]) common++
  if (common === aLength && common === bLength) return { kind: "same" }
  const by = bLength - aLength
  if (by !== 0 && shortest > 0 && (by > 0 ? endsWith(b, bLength, a, aLength) : endsWith(a, aLength, b, bLength)))
    return { kind: "shift", by }
  return common === shortest ? { kind: "length", common } : { kind: "ids", common }
}

const endsWith = (long: Int32Array, longLength: number, tail: Int32Array, tailLength: number): boolean => {
  for (let i = 0; i < tailLength; i++) if (long[longLength - tailLength + i] !== tail[i]) return false
  return true
}

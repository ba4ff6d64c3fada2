const word = new Float32Array(1)
const bits = new Uint32Array(word.buffer)

/** Nearest bfloat16 value (round to nearest, ties to even); infinities and NaN stay. */
export const bf16Round = (x: number): number => {
  word[0] = x
  if (!Number.isFinite(word[0])) return word[0]
  const raw = bits[0]!
  bits[0] = (raw + 0x7fff + ((raw >>> 16) & 1)) & 0xffff0000
  return word[0]
}

/** Whether a value is one that bfloat16 can hold. */
export const onBf16Grid = (x: number): boolean => {
  word[0] = x
  return word[0] === x && (bits[0]! & 0xffff) === 0
}

/** How many bfloat16 steps lie between two values: their ordinals count through zero. */
export const bf16UlpDistance = (a: number, b: number): number => Math.abs(ordinal(a) - ordinal(b))

const ordinal = (x: number): number => {
  word[0] = bf16Round(x)
  const raw = bits[0]! >>> 16
  return raw & 0x8000 ? -(raw & 0x7fff) : raw
}

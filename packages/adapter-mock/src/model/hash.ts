/** Mixes two 32-bit integers into one, so that a change of either moves every bit (the finaliser of murmur3). */
export const mix = (a: number, b: number): number => {
  let hash = Math.imul(a ^ Math.imul(b + 0x7f4a7c15, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

export const hashText = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = mix(hash, text.charCodeAt(index))
  return hash
}

/** Spreads a hash over [0, 1). */
export const unit = (hash: number): number => (hash >>> 0) / 0x1_0000_0000

/** Spreads a hash over (-1, 1), thick in the middle: the sum of its two halves; standard deviation 0.41. */
export const bell = (hash: number): number => ((hash & 0xffff) + (hash >>> 16)) / 0x1_0000 - 1

/** Spreads a hash like a standard normal, cut at 3.4: the sum of its four bytes. */
export const normal = (hash: number): number =>
  ((hash & 0xff) + ((hash >>> 8) & 0xff) + ((hash >>> 16) & 0xff) + (hash >>> 24) - 510) / 147.8

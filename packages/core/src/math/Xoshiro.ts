/** A seeded random stream: the same seed gives the same stream in every engine and version. */
export interface Xoshiro {
  /** The next 32 bits as an unsigned integer. */
  readonly u32: () => number
  /** Uniform in [0, n), for n up to 2^21. */
  readonly int: (n: number) => number
}

/** The four words that a seed stands for (splitmix32 with the murmur3 finaliser). */
export const xoshiroState = (seed: number): readonly [number, number, number, number] => {
  let s = seed >>> 0
  const next = (): number => {
    s = (s + 0x9e3779b9) >>> 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  return [next(), next(), next(), next()]
}

/** xoshiro128** by Blackman and Vigna. */
export const makeXoshiro = (seed: number): Xoshiro => {
  let [a, b, c, d] = xoshiroState(seed)
  const u32 = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return result
  }
  return { u32, int: (n) => Math.floor((u32() * n) / 2 ** 32) }
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

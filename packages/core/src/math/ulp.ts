export type FloatFormat = "fp32" | "fp16" | "bf16" | "e4m3"

/** Stored mantissa bits and the exponent of the smallest normal number. */
const formats: { readonly [format in FloatFormat]: { readonly mantissa: number; readonly minExponent: number } } = {
  fp32: { mantissa: 23, minExponent: -126 },
  fp16: { mantissa: 10, minExponent: -14 },
  bf16: { mantissa: 7, minExponent: -126 },
  e4m3: { mantissa: 3, minExponent: -6 }
}

/** Distance from |x| to the next larger value of the format; null for a value that is not finite. */
export const ulp = (x: number, format: FloatFormat): number | null => {
  if (!Number.isFinite(x)) return null
  const { mantissa, minExponent } = formats[format]
  return 2 ** (Math.max(binade(x), minExponent) - mantissa)
}

/** `floor(log2 |x|)`, exactly; -Infinity for zero. */
export const binade = (x: number): number => {
  const size = Math.abs(x)
  if (size === 0) return -Infinity
  const guess = Math.floor(Math.log2(size))
  return 2 ** guess > size ? guess - 1 : 2 ** (guess + 1) <= size ? guess + 1 : guess
}

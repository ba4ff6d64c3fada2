/** A stretch of text that both tokenisations cover with whole tokens; token ranges are half-open. */
export interface ByteSpan {
  readonly byteStart: number
  readonly byteEnd: number
  readonly aTokens: readonly [number, number]
  readonly bTokens: readonly [number, number]
}

/**
 * Cuts two tokenisations of the same bytes at their common boundaries. The arguments are the byte lengths of the
 * tokens. Stops where one of them ends.
 */
export const byteAlignment = (a: readonly number[], b: readonly number[]): readonly ByteSpan[] => {
  const spans: ByteSpan[] = []
  let [i, j, startA, startB, byteA, byteB, byteStart] = [0, 0, 0, 0, 0, 0, 0]
  while (i < a.length || j < b.length) {
    if (byteA <= byteB && i < a.length) byteA += a[i++]!
    else if (j < b.length) byteB += b[j++]!
    else break
    if (byteA !== byteB || byteA === byteStart) continue
    spans.push({ byteStart, byteEnd: byteA, aTokens: [startA, i], bTokens: [startB, j] })
    startA = i
    startB = j
    byteStart = byteA
  }
  return spans
}

/** Cost of a text in bits per byte; null for no bytes. */
export const bitsPerByte = (logprobs: readonly number[], bytes: number): number | null =>
  bytes === 0 ? null : -logprobs.reduce((sum, logprob) => sum + logprob, 0) / (Math.LN2 * bytes)

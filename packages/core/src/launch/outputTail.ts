/** The last bytes of an endless output. */
export interface OutputTail {
  push(chunk: Uint8Array): void
  text(): string
}

/** Keeps at least the last `limit` bytes in memory, and never more than one chunk above it. */
export const makeOutputTail = (limit: number): OutputTail => {
  const chunks: Uint8Array[] = []
  let size = 0
  return {
    push: (chunk) => {
      chunks.push(chunk)
      size += chunk.byteLength
      while (size - (chunks[0]?.byteLength ?? 0) >= limit) size -= chunks.shift()?.byteLength ?? 0
    },
    text: () => Buffer.concat(chunks).subarray(-limit).toString("utf8")
  }
}

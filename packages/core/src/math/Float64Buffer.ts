/** An append-only column of doubles that grows by doubling. */
export interface Float64Buffer {
  readonly push: (value: number) => void
  readonly length: () => number
  /** The values so far, as a view that the next push may leave behind. */
  readonly values: () => Float64Array
}

export const makeFloat64Buffer = (capacity = 1024): Float64Buffer => {
  let column = new Float64Array(capacity)
  let length = 0
  return {
    push: (value) => {
      if (length === column.length) {
        const wider = new Float64Array(2 * length)
        wider.set(column)
        column = wider
      }
      column[length++] = value
    },
    length: () => length,
    values: () => column.subarray(0, length)
  }
}

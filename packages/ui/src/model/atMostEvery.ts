/** Something done soon after it is wanted, and once however often it is wanted until then. */
export interface Soon {
  readonly want: () => void
  readonly isDue: () => boolean
  readonly stop: () => void
}

export const atMostEvery = (ms: number, act: () => void): Soon => {
  let timer: ReturnType<typeof setTimeout> | null = null
  return {
    want: () => {
      timer ??= setTimeout(() => {
        timer = null
        act()
      }, ms)
    },
    isDue: () => timer !== null,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
    }
  }
}

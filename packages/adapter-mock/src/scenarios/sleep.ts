const longestTimer = 2 ** 31 - 1

/** Waits so long or until aborted, whichever comes first. The timer keeps the process alive. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(ms, longestTimer))
    signal.addEventListener("abort", wake)
  })

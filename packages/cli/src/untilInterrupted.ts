import { onStop } from "./onStop.ts"

/** Runs work that ends early when the user interrupts the program; null where that happened. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const interrupt = new AbortController()
  using _listening = onStop(() => interrupt.abort())
  try {
    return await work(interrupt.signal)
  } catch (error) {
    if (interrupt.signal.aborted) return null
    throw error
  }
}

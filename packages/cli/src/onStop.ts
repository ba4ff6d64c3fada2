const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** Calls when somebody wants the program to end, or its terminal closes; the same signal again ends it on the spot. */
export function onStop(listener: () => void): Disposable {
  for (const signal of signals) process.once(signal, listener)
  return {
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, listener)
    }
  }
}

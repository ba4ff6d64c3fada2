const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** Calls once somebody wants the program to end, or its terminal closes; a second signal ends it on the spot. */
export function onStop(listener: () => void): Disposable {
  for (const signal of signals) process.once(signal, listener)
  return {
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, listener)
    }
  }
}

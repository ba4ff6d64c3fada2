import { broken } from "./Law.ts"

/** What an adapter was asked for and has not done in time. */
export interface Late {
  readonly _tag: "Late"
  readonly message: string
}

export const isLate = (error: unknown): error is Late =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "Late"

/** Waits for something that may never come, as long as it may take. The timer keeps the process alive meanwhile. */
export const within = async <A>(work: () => Promise<A>, limitMs: number, what: string): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateness(what, limitMs)), limitMs)
  })
  try {
    // Async, so that what throws at once rejects as well.
    return await Promise.race([(async () => work())(), late])
  } finally {
    clearTimeout(timer)
  }
}

const lateness = (what: string, limitMs: number): Late => ({
  _tag: "Late",
  message: broken({
    expected: `${what} to settle within ${limitMs / 1000} s`,
    saw: "that it had not",
    fix: "Wait for nothing that may never come, and pass `context.signal` to every wait."
  })
})

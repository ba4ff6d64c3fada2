import { childrenOf } from "../childrenOf.ts"
import { broken, type Law } from "../Law.ts"
import { runOperations, type RunOperation } from "../LawOptions.ts"
import { start, type Subject } from "../Subject.ts"

const limitMs = 5000
/** An operation that has not begun by then is aborted all the same. */
const firstEventMs = 500

/** Abort is cancel: it ends soon and leaves nothing behind. */
export const abortLaws = (subject: Subject): readonly Law[] =>
  runOperations.map((operation) => ({
    name: `${operation}: abort settles within 5 s and leaves no child`,
    when: () => subject.unavailable(operation),
    check: async () => {
      const before = await childrenOf(process.pid)
      const settledInTime = await abortMidway(operation, subject)
      if (!settledInTime)
        return broken({
          expected: `the events of ${operation} to end within ${limitMs / 1000} s of abort`,
          saw: "that they had not",
          fix: "Pass `context.signal` to every wait: fetch, timers, reads. The iteration may end or throw."
        })
      const left = await leftOver(before)
      return left.length === 0
        ? null
        : broken({
            expected: "no child process to be left after abort",
            saw: left.map(({ pid, command }) => `${command} (pid ${pid})`).join(", "),
            fix: "Start processes with `context.spawn`: the studio then ends the whole tree."
          })
    }
  }))

const abortMidway = (operation: RunOperation, { requests, withBackend }: Subject): Promise<boolean> => {
  const controller = new AbortController()
  return withBackend(
    async (backend, context) => {
      const begun = setTimeout(() => controller.abort(), firstEventMs)
      const ended = (async () => {
        for await (const _ of start(backend, operation, requests[operation], context)) controller.abort()
      })()
      const settled = ended.then(
        () => true,
        () => true
      )
      try {
        return await Promise.race([settled, afterAbort(controller.signal)])
      } finally {
        clearTimeout(begun)
      }
    },
    { signal: controller.signal }
  )
}

const afterAbort = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => void setTimeout(() => resolve(false), limitMs).unref(), { once: true })
  })

type Children = Awaited<ReturnType<typeof childrenOf>>

/** Children that were not there before and do not go within the limit. */
const leftOver = async (before: Children): Promise<Children> => {
  const known = new Set(before.map(({ pid }) => pid))
  const deadline = performance.now() + limitMs
  for (;;) {
    const left = (await childrenOf(process.pid)).filter(({ pid }) => !known.has(pid))
    if (left.length === 0 || performance.now() > deadline) return left
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

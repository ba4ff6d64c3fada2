import type { Adapter, Backend, Context, RunEvent } from "../adapter/Adapter.ts"
import type { StandardIssue } from "../adapter/standardSchema.ts"
import type { Operation } from "../domain/operation.ts"
import type { Probe } from "../domain/probe.ts"
import { broken, messageOf, show } from "./Law.ts"
import { makeLawContext } from "./lawContext.ts"
import { isLate, within } from "./within.ts"
import { requestsOf, type LawOptions, type Requests, type RunOperation } from "./LawOptions.ts"

/** Everything that one operation said until it ended. */
export interface Recording {
  readonly events: readonly RunEvent[]
  /** What it threw, in a box, or null. */
  readonly thrown: { readonly error: unknown } | null
}

/** The adapter under test with what was learnt of it; each thing is asked once and shared by the laws. */
export interface Subject {
  readonly adapter: Adapter
  readonly options: LawOptions
  readonly requests: Requests
  /** A fresh instance of the settings given. */
  readonly open: () => Promise<Backend>
  /** Why no backend can be opened, or null. */
  readonly closed: () => Promise<string | null>
  readonly probe: () => Promise<Probe>
  /** Why an operation cannot be tried on this backend now, or null. */
  readonly unavailable: (operation: Operation) => Promise<string | null>
  /** The answer to the ordinary request. */
  readonly recording: (operation: RunOperation) => Promise<Recording>
  /** Runs something with a context of its own and a backend that is closed afterwards; what gets stuck is broken off. */
  readonly withBackend: <A>(
    run: (backend: Backend, context: Context) => Promise<A>,
    how?: { readonly signal?: AbortSignal; readonly patienceMs?: number }
  ) => Promise<A>
  /** Waits for `close` as long as it may take, but once is enough: of one that does not settle only its law speaks. */
  readonly close: (backend: Backend) => Promise<void>
  /** What is wrong with a close that never settled; null as long as each did. */
  readonly neverClosed: () => string | null
}

/** The studio's own bounds: for an answer that every operation begins with, and for what is told to stop. */
export const askMs = 30_000
const settleMs = 5000

export const makeSubject = (options: LawOptions): Subject => {
  const { adapter } = options
  const requests = requestsOf(options)

  const open = async (): Promise<Backend> => {
    const checked = await adapter.config["~standard"].validate(options.config ?? {})
    if (checked.issues !== undefined)
      throw new Error(`the settings ${show(options.config ?? {})} are refused: ${messagesOf(checked.issues)}`)
    return within(() => adapter.open(checked.value), askMs, "open")
  }
  let neverClosed: string | null = null
  const close = async (backend: Backend): Promise<void> => {
    if (neverClosed !== null) return void (async () => backend.close())().catch(() => {})
    await within(() => backend.close(), settleMs, "close").catch((error: unknown) => {
      if (!isLate(error)) throw error
      neverClosed = error.message
    })
  }
  const closed = once(() =>
    open().then(
      (backend) =>
        close(backend).then(
          () => null,
          () => null
        ),
      (error: unknown) => `no backend can be opened: ${messageOf(error)}`
    )
  )
  const withBackend: Subject["withBackend"] = async (
    run,
    { signal, patienceMs = options.patienceMs ?? 60_000 } = {}
  ) => {
    const backend = await open()
    await using lent = await makeLawContext(null, signal ?? AbortSignal.timeout(patienceMs))
    try {
      return await within(() => run(backend, lent.context), patienceMs + settleMs, "what was asked")
    } finally {
      await close(backend)
    }
  }
  const lacks = (operation: Operation): Promise<string | null> =>
    withBackend(async (backend) =>
      backend[operation] === undefined ? `the backend has no member "${operation}"` : null
    )
  const probe = once(() => withBackend((backend, context) => backend.probe(context), { patienceMs: askMs }))
  const recordings = {
    score: once(() => withBackend((backend, context) => record(backend, "score", requests.score, context))),
    generate: once(() => withBackend((backend, context) => record(backend, "generate", requests.generate, context))),
    benchmark: once(() => withBackend((backend, context) => record(backend, "benchmark", requests.benchmark, context)))
  }
  return {
    adapter,
    options,
    requests,
    open,
    closed,
    probe,
    withBackend,
    close,
    neverClosed: () => neverClosed,
    recording: (operation) => recordings[operation](),
    unavailable: async (operation) => {
      if (!adapter.supports.operations.includes(operation)) return `the adapter does not support ${operation}`
      const missing = (await closed()) ?? (await lacks(operation))
      if (missing !== null) return missing
      const answer = await probe().catch(cannotAsk)
      if (typeof answer === "string") return answer
      if (!answer.reachable) return `the backend is not reachable: ${answer.server}`
      const capability = answer.capabilities.find((one) => one.operation === operation)
      return capability?.available === false
        ? `the probe says that ${operation} does not work: ${capability.evidence}`
        : null
    }
  }
}

/** Why nothing can be learnt from a backend whose probe fails. */
export const cannotAsk = (error: unknown): string => `the backend cannot be asked: ${messageOf(error)}`

/** Runs one operation to its end. */
export const record = async <O extends RunOperation>(
  backend: Backend,
  operation: O,
  request: Requests[O],
  context: Context
): Promise<Recording> => {
  const events: RunEvent[] = []
  try {
    for await (const event of start(backend, operation, request, context)) events.push(event)
    return { events, thrown: null }
  } catch (error) {
    return { events, thrown: { error } }
  }
}

export const start = <O extends RunOperation>(
  backend: Backend,
  operation: O,
  request: Requests[O],
  context: Context
): AsyncIterable<RunEvent> => {
  const member = backend[operation] as ((request: Requests[O], context: Context) => AsyncIterable<RunEvent>) | undefined
  if (member === undefined) throw new Error(`the backend has no member "${operation}"`)
  return member.call(backend, request, context)
}

/** Why a recording that ended in an error cannot be judged. */
export const failed = (operation: RunOperation, { thrown }: Recording): string | null =>
  thrown === null
    ? null
    : broken({
        expected: `${operation} to answer an ordinary request`,
        saw: `the error ${show(messageOf(thrown.error))}`,
        fix: `Give a request that this backend can answer with the option \`${operation}\`${onCommandLine[operation]}, or mend the adapter.`
      })

const onCommandLine: { readonly [O in RunOperation]: string } = {
  score: "",
  generate: "",
  benchmark: " (on the command line with `--entrypoint NAME` and `--bench-set flag=value`)"
}

const messagesOf = (issues: readonly StandardIssue[]): string =>
  issues
    .map(({ path, message }) => [(path ?? []).map(String).join("."), message].filter((part) => part !== "").join(": "))
    .join("; ")

const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined
  return () => (made ??= make())
}

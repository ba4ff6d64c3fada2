import {
  isAdapterError,
  type Adapter,
  type AdapterError,
  type Backend,
  type RunEvent
} from "@sglang-studio/core/adapter"
import { testContext, type TestContext } from "./testContext.ts"

/** What an operation told, what it stored, and how it ended. */
export interface Tried extends Pick<TestContext, "artifacts" | "logged" | "spawned"> {
  readonly events: readonly RunEvent[]
  /** The error that it ended with; an error of another kind is thrown on. */
  readonly error: AdapterError | null
}

/** An adapter with settings, each call on a backend and in a context of its own. */
export const adapterUnder = (adapter: Adapter, settings: unknown) => {
  const open = async (): Promise<Backend> => {
    const checked = await adapter.config["~standard"].validate(settings)
    if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
    return adapter.open(checked.value)
  }
  const ask = async <A>(run: (backend: Backend, context: TestContext["context"]) => Promise<A>): Promise<A> => {
    await using lent = testContext()
    const backend = await open()
    try {
      return await run(backend, lent.context)
    } finally {
      await backend.close()
    }
  }
  const attempt = async (
    run: (backend: Backend, context: TestContext["context"]) => AsyncIterable<RunEvent> | undefined,
    options: { readonly signal?: AbortSignal; readonly onEvent?: (event: RunEvent) => void } = {}
  ): Promise<Tried> => {
    await using lent = testContext(options.signal)
    const { artifacts, logged, spawned } = lent
    const backend = await open()
    const events: RunEvent[] = []
    try {
      for await (const event of run(backend, lent.context) ?? []) {
        events.push(event)
        options.onEvent?.(event)
      }
      return { events, error: null, artifacts, logged, spawned }
    } catch (error) {
      if (!isAdapterError(error)) throw error
      return { events, error, artifacts, logged, spawned }
    } finally {
      await backend.close()
    }
  }
  return { ask, attempt }
}

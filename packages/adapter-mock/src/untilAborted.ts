/** Computing is synchronous: every so many events the process gets to hear of an abort, and of anything else. */
const eventsPerTurn = 32

export async function* untilAborted<A>(events: AsyncIterable<A>, signal: AbortSignal): AsyncGenerator<A> {
  let seen = 0
  for await (const event of events) {
    if (++seen % eventsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve))
    if (signal.aborted) return
    yield event
  }
}

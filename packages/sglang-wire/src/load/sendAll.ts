import type { Exchange, LoadClient } from "./LoadClient.ts"
import type { LoadRequest } from "./requests.ts"
import type { Arrival } from "./settings.ts"

/** One request of a run. Times in milliseconds of `performance.now()`. */
export interface Sent {
  readonly request: LoadRequest
  /** When the plan wanted it sent; in a closed loop, when it was. */
  readonly intendedAt: number
  readonly exchange: Exchange
}

export interface Load {
  readonly startedAt: number
  /** In the order of the plan. */
  readonly sent: readonly Sent[]
}

interface Orders {
  readonly client: LoadClient
  readonly requests: readonly LoadRequest[]
  readonly arrival: Arrival
  /** Milliseconds from the start; null for a closed loop. */
  readonly schedule: Float64Array | null
  readonly signal: AbortSignal
  readonly onAnswer?: (done: number) => void
}

/**
 * Sends every request when it is due and resolves when all are answered. In a closed loop, due is when a place is free.
 * An abort rejects with the signal's reason.
 */
export const sendAll = (orders: Orders): Promise<Load> =>
  new Promise((resolve, reject) => {
    const { client, requests, arrival, schedule, signal, onAnswer } = orders
    const places = arrival.concurrency ?? Infinity
    const sent: Sent[] = []
    const startedAt = performance.now()
    let next = 0
    let underWay = 0
    let answered = 0
    let asleep = false

    const dueAt = (index: number): number => startedAt + (schedule?.[index] ?? 0)
    const send = (index: number, request: LoadRequest) => {
      underWay++
      const intendedAt = schedule === null ? performance.now() : dueAt(index)
      void client.send(request).then((exchange) => {
        sent[index] = { request, intendedAt, exchange }
        underWay--
        answered++
        onAnswer?.(answered)
        if (answered === requests.length) finish()
        else pump()
      })
    }
    const pump = () => {
      for (;;) {
        const request = requests[next]
        if (request === undefined || underWay >= places || asleep || signal.aborted) return
        const wait = dueAt(next) - performance.now()
        if (wait <= 0) send(next++, request)
        else sleep(wait)
      }
    }
    /** Timers are a millisecond late at best: the last one is waited for awake. */
    const sleep = (ms: number) => {
      asleep = true
      const wake = () => {
        asleep = false
        pump()
      }
      if (ms > 2) setTimeout(wake, Math.floor(ms - 1))
      else setImmediate(wake)
    }
    const finish = () => {
      signal.removeEventListener("abort", stop)
      resolve({ startedAt, sent })
    }
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    if (requests.length === 0) return finish()
    signal.addEventListener("abort", stop, { once: true })
    pump()
  })

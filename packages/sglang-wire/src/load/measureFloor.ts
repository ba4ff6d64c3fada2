import { quantile } from "@sglang-studio/core/math"
import { startConstantServer } from "./constantServer.ts"
import { openLoadClient } from "./LoadClient.ts"
import { randomRequests } from "./requests.ts"
import { sendAll, type Sent } from "./sendAll.ts"
import type { LoadSettings } from "./settings.ts"

/** What the client itself costs on this machine, seen against a server that answers at once. */
export interface Floor {
  /** Time to first token of one request at a time, in milliseconds; of a score, its whole time. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** The most that it gets through, with many at once. */
  readonly requestsPerSecond: number
}

const alone = { loop: "closed", concurrency: 1 } as const
const crowded = { loop: "closed", concurrency: 32 } as const

/** Takes a fraction of a second. The server runs beside the client, so that both share this machine's cores. */
export const measureFloor = async (settings: LoadSettings, signal: AbortSignal): Promise<Floor> => {
  const { outputLen, items, labels } = settings
  const scores = Array.from({ length: items }, () => Array.from({ length: labels }, () => 0.5))
  await using server = await startConstantServer(Math.min(outputLen, 64), scores)
  const client = openLoadClient({ url: server.url }, 10_000)
  try {
    const requests = randomRequests(settings, { model: "constant", vocabulary: 1000 }, 500)
    const send = (arrival: typeof alone | typeof crowded, count: number) =>
      sendAll({ client, requests: requests.slice(0, count), arrival, schedule: null, signal })
    // Code that was never run is slow at first.
    await send(crowded, 500)
    const single = await send(alone, 200)
    const crowd = await send(crowded, 500)
    const times = single.sent.map(({ exchange }) => (exchange.firstTokenAt ?? exchange.answeredAt) - exchange.sentAt)
    return {
      p50Ms: quantile(times, 0.5) ?? 0,
      p99Ms: quantile(times, 0.99) ?? 0,
      requestsPerSecond: (crowd.sent.length / (lastAnswer(crowd.sent) - crowd.startedAt)) * 1000
    }
  } finally {
    client.close()
  }
}

const lastAnswer = (sent: readonly Sent[]): number =>
  sent.reduce((last, { exchange }) => Math.max(last, exchange.answeredAt), 0)

import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { rows } from "./rows.ts"
import type { Finding } from "./trial.ts"

export interface Trials {
  readonly seed: number
  /** Trials of each row. */
  readonly trials: number
  /** Trials of the row in which nothing is planted. */
  readonly cleanTrials: number
}

/** The rows whose turn one trial is. */
export const rowsOf = (trial: number, { trials, cleanTrials }: Trials) =>
  rows.filter(({ name }) => trial < (name === "clean" ? cleanTrials : trials))

/** What a worker is told: every so many trials are its own. */
export interface Share extends Trials {
  readonly first: number
  readonly step: number
}

/** Runs all trials on as many threads as there are cores. */
export const runTrials = async (asked: Trials): Promise<readonly Finding[]> => {
  const threads = Math.min(availableParallelism(), Math.max(asked.trials, asked.cleanTrials))
  const shares = Array.from({ length: threads }, (_, first) => runShare({ ...asked, first, step: threads }))
  return (await Promise.all(shares)).flat()
}

const runShare = (share: Share): Promise<readonly Finding[]> =>
  new Promise((resolve, reject) => {
    new Worker(new URL("worker.ts", import.meta.url), { workerData: share })
      .on("message", resolve)
      .on("error", reject)
      .on("exit", () => reject(new Error("A worker ended without an answer.")))
  })

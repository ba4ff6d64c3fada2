import type { Studio } from "@sglang-studio/core"

/** What nothing caught: an error of a timer, or of a promise that nobody awaited, in an adapter or in the studio itself. */
export interface Crash {
  readonly error: unknown
  /** The command's own result tells of it, and decides how the program ends. */
  readonly told: boolean
}

/** An adapter has 5 s to stop and its backend 5 s to close. */
const patienceMs = 15_000
/** For the command to print what became of its runs. */
const lastWordsMs = 5000

const studios = new Set<Studio>()
let crash: Crash | null = null
const happened = Promise.withResolvers<unknown>()
const over = Promise.withResolvers<void>()

/** Lets the runs of a studio end properly when this process crashes. */
export function shield(studio: Studio): Studio {
  studios.add(studio)
  return studio
}

/** Takes over what would end the process on the spot, with a stack trace and the exit code of a failed gate. */
export function watchForCrashes(): void {
  process.on("uncaughtException", onCrash).on("unhandledRejection", onCrash)
}

export const crashed = (): Crash | null => crash

/** For a command whose own result tells of the crash, if there was one. */
export function crashIsTold(): void {
  if (crash !== null) crash = { ...crash, told: true }
}

/** Resolves at the first crash with what was thrown, for what would go on for ever. */
export const untilCrash: Promise<unknown> = happened.promise

/** Resolves when a crash has been dealt with and the command has had its time to end by itself. */
export const untilOver: Promise<void> = over.promise

function onCrash(thrown: unknown): void {
  // What comes after the first is its consequence.
  if (crash !== null) return
  crash = { error: thrown, told: false }
  happened.resolve(thrown)
  void wrapUp(thrown)
}

async function wrapUp(thrown: unknown): Promise<void> {
  const ended = Promise.allSettled([...studios].map((studio) => studio.breakOff(thrown)))
  await Promise.race([ended, after(patienceMs)])
  await after(lastWordsMs)
  over.resolve()
}

const after = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))

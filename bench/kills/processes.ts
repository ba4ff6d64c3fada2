import { readdirSync, readFileSync } from "node:fs"

/** A process that runs, told from a later one with the same pid by its start. */
export interface Running {
  readonly pid: number
  readonly parent: number
  readonly start: string
}

/** Every process of this machine (Linux). */
export const allProcesses = (): readonly Running[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => read(Number(name)) ?? [])

/** The children of a process, theirs, and so on. */
export const descendantsOf = (pid: number, all = allProcesses()): readonly Running[] =>
  all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...descendantsOf(child.pid, all)])

export const isStillRunning = ({ pid, start }: Running): boolean => read(pid)?.start === start

const read = (pid: number): Running | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return state === "Z" || state === "X" ? null : { pid, parent: Number(parent), start: rest[17] ?? "" }
  } catch {
    return null
  }
}

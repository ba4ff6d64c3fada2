import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import type { Owner } from "./RunStore.ts"

/** This process, named so that no later process with the same pid is taken for it. */
export const currentOwner = (): Owner => {
  own ??= { pid: process.pid, startedAt: startOf(process.pid) ?? unknownStart }
  return own
}

/** Whether exactly this process still runs. A zombie has ended. */
export const isAlive = (owner: Owner): boolean =>
  owner.startedAt === unknownStart ? pidExists(owner.pid) : startOf(owner.pid) === owner.startedAt

let own: Owner | undefined

/** Where neither /proc nor ps answers, the pid alone has to do. */
const unknownStart = "unknown"

const startOf = (pid: number): string | null => (process.platform === "linux" ? procStart(pid) : psStart(pid))

/** Boot and clock ticks since: ticks alone could repeat after a reboot. */
const procStart = (pid: number): string | null => {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The second field is the program's name in brackets and may hold anything; state is the 3rd field, start the 22nd.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const [state, ticks] = [fields[0], fields[19]]
  if (ticks === undefined || state === "Z" || state === "X") return null
  return `${(readText("/proc/sys/kernel/random/boot_id") ?? "").slice(0, 8)}+${ticks}`
}

const cLocale = { ...process.env, LC_ALL: "C" }

const psStart = (pid: number): string | null => {
  try {
    const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8", env: cLocale })
    const [stat = "", ...start] = text.trim().split(/\s+/u)
    return start.length === 0 || stat.startsWith("Z") ? null : start.join("-").replaceAll(":", ".")
  } catch {
    return null
  }
}

const pidExists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}

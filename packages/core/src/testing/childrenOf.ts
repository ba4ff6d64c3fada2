import { execFile } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { promisify } from "node:util"

export interface ChildProcess {
  readonly pid: number
  readonly command: string
}

/** Living child processes of a process. On Linux they are read from /proc, elsewhere `ps` is asked. */
export const childrenOf = (pid: number): Promise<readonly ChildProcess[]> =>
  process.platform === "linux" ? fromProc(pid) : fromPs(pid)

const fromProc = async (parent: number): Promise<readonly ChildProcess[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/u.test(name))
  const children = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
      const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"))
      const [state = "Z", parentPid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      return Number(parentPid) === parent && state !== "Z" && state !== "X" ? [{ pid: Number(pid), command: name }] : []
    })
  )
  return children.flat()
}

const fromPs = async (parent: number): Promise<readonly ChildProcess[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="])
  return stdout.split("\n").flatMap((line) => {
    const [pid, parentPid, state = "Z", ...command] = line.trim().split(/\s+/u)
    const name = command.join(" ")
    return Number(parentPid) === parent && !state.startsWith("Z") && name !== "ps"
      ? [{ pid: Number(pid), command: name }]
      : []
  })
}

import { execFile } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { promisify } from "node:util"

/** A process group and everything started from it: on Linux also what has left the group, found by its environment. */
export interface ProcessTree {
  readonly group: number
  /** `NAME=value` that every process of the tree inherits. */
  readonly mark: string
}

/** Ids of the living processes of a tree; a zombie has ended. */
export const processesOf = (tree: ProcessTree): Promise<readonly number[]> =>
  process.platform === "linux" ? fromProc(tree) : fromPs(tree)

const fromProc = async ({ group, mark }: ProcessTree): Promise<readonly number[]> => {
  const entries = (await readdir("/proc")).filter((name) => /^\d+$/u.test(name))
  const belongs = await Promise.all(
    entries.map(async (pid) => {
      const stat = await text(`/proc/${pid}/stat`)
      // The second field is the program's name in brackets and may hold anything.
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      if (state === undefined || state === "" || state === "Z" || state === "X") return false
      return processGroup === String(group) || (await text(`/proc/${pid}/environ`)).split("\0").includes(mark)
    })
  )
  return entries.filter((_, index) => belongs[index]).map(Number)
}

const fromPs = async ({ group }: ProcessTree): Promise<readonly number[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,pgid=,stat="])
  return stdout.split("\n").flatMap((line) => {
    const [pid, processGroup, state = "Z"] = line.trim().split(/\s+/u)
    return processGroup === String(group) && !state.startsWith("Z") ? [Number(pid)] : []
  })
}

/** Processes come and go, and those of other users cannot be read. */
const text = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "")

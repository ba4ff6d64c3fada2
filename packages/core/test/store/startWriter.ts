import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

const program = fileURLToPath(new URL("fixtures/writer.ts", import.meta.url))

/** Another studio process on the data folder; see `fixtures/writer.ts`. Its stderr is the test's. */
export const startWriter = (...args: readonly string[]) => {
  const child = spawn(process.execPath, ["--conditions=@sglang-studio/source", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exit = once(child, "exit")
  // One that a failed test has left behind would keep the test process waiting for its output.
  onTestFinished(() => void child.kill("SIGKILL"))
  return {
    pid: child.pid ?? -1,
    /** The next line that it says. */
    line: async (): Promise<string> => {
      const next = await lines.next()
      if (next.done === true) throw new Error("The writer ended without saying more")
      return next.value
    },
    /** Everything it has still to say, once it has ended. */
    rest: async (): Promise<readonly string[]> => {
      const said: string[] = []
      for (let next = await lines.next(); next.done !== true; next = await lines.next()) said.push(next.value)
      return said
    },
    exitCode: async (): Promise<unknown> => (await exit)[0],
    kill: async (): Promise<void> => {
      child.kill("SIGKILL")
      await exit
    }
  }
}

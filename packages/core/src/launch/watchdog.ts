import { spawn } from "node:child_process"

/**
 * Kills a process group when this process ends, however it ends: the pipe that the shell waits on closes even after
 * `kill -9`. Returns the function that calls it off.
 */
export const startWatchdog = (group: number): (() => void) => {
  const shell = spawn("/bin/sh", ["-c", 'read -r line; kill -KILL "-$0"', String(group)], {
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "ignore"]
  })
  // Without a shell there is no watchdog; the child is still killed by every orderly end.
  shell.on("error", () => {})
  shell.stdin.on("error", () => {})
  shell.unref()
  return () => void shell.kill("SIGKILL")
}

import { spawn } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Child } from "../../src/adapter/Adapter.ts"
import { childEnvironment } from "../../src/launch/childEnvironment.ts"
import { spawnChild } from "../../src/launch/spawnChild.ts"
import { isRunning, until } from "../processes.ts"

const fixtures = join(import.meta.dirname, "../fixtures")
const start = (argv: readonly [string, ...string[]], options: { cwd?: string; env?: Record<string, string> } = {}) => {
  const written = { stdout: "", stderr: "" }
  const child = spawnChild(argv, {
    env: childEnvironment(process.env, options.env ?? {}),
    cwd: options.cwd ?? fixtures,
    write: async (source, chunk) => void (written[source] += Buffer.from(chunk).toString())
  })
  return { child, written }
}
const node = (code: string): readonly [string, ...string[]] => [process.execPath, "-e", code]
const family = async (child: Child, size: number): Promise<readonly number[]> => {
  const pids: number[] = []
  for await (const { line } of child.lines) {
    pids.push(Number(line.split(" ")[1]))
    if (pids.length === size) break
  }
  return pids
}

describe("spawnChild", () => {
  it("gives lines as they come and everything at the end", async () => {
    const { child, written } = start(
      node(`console.log("one\\ntwo"); console.error("50%\\r100%"); process.exitCode = 4`)
    )
    const lines: string[] = []
    for await (const { source, line } of child.lines) lines.push(`${source} ${line}`)
    expect(lines.sort()).toEqual(["stderr 100%", "stderr 50%", "stdout one", "stdout two"])
    expect(await child.exit).toEqual({ code: 4, signal: null, stdout: "one\ntwo\n", stderr: "50%\r100%\n" })
    expect(written).toEqual({ stdout: "one\ntwo\n", stderr: "50%\r100%\n" })
  })

  it("passes arguments without a shell, and only the allowed environment", async () => {
    process.env.AWS_PLANTED = "planted"
    process.env.SGLANG_PLANTED = "passed"
    const { child } = start(["printf", "%s", "$HOME; rm -rf `x` 'y'"])
    expect((await child.exit).stdout).toBe("$HOME; rm -rf `x` 'y'")
    const seen = start(node("console.log(JSON.stringify(process.env))"), { env: { MINE: "given" } })
    const environment: Record<string, string> = JSON.parse((await seen.child.exit).stdout)
    expect(environment).toMatchObject({ SGLANG_PLANTED: "passed", MINE: "given", PATH: process.env.PATH })
    expect(environment).not.toHaveProperty("AWS_PLANTED")
  })

  it("rejects with not-installed when the program or the folder is missing", async () => {
    await expect(start(["/nowhere/python", "-m", "x"]).child.exit).rejects.toMatchObject({
      _tag: "AdapterError",
      reason: "not-installed",
      message: expect.stringContaining("/nowhere/python")
    })
    await expect(start(node("1"), { cwd: "/nowhere" }).child.exit).rejects.toMatchObject({
      reason: "not-installed",
      message: expect.stringContaining("/nowhere")
    })
  })

  it("kills the whole tree, deaf grandchildren in sessions of their own too", async () => {
    const { child } = start([process.execPath, join(fixtures, "tree.mjs")])
    const pids = await family(child, 3)
    expect(pids.every(isRunning)).toBe(true)
    await child.kill()
    expect(pids.filter(isRunning)).toEqual([])
    expect((await child.exit).signal).toBe("SIGKILL")
    await child.kill()
  })

  it("ends what a leader leaves behind", async () => {
    const { child } = start([process.execPath, join(fixtures, "leaver.mjs")])
    const [stray = 0] = await family(child, 1)
    expect(stray).toBeGreaterThan(0)
    expect((await child.exit).code).toBe(3)
    expect(isRunning(stray)).toBe(false)
  })

  it("keeps the end of a long output", async () => {
    const { child } = start(
      node(`for (let i = 0; i < 90; i++) process.stdout.write("x".repeat(100_000)); process.stdout.write("end")`)
    )
    const { stdout } = await child.exit
    expect(stdout.length).toBe(8 * 1024 * 1024)
    expect(stdout.endsWith("xend")).toBe(true)
  })

  it("dies with the studio, even by kill -9", async () => {
    const studio = spawn(process.execPath, ["--conditions=@sglang-studio/source", join(fixtures, "spawner.ts")], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    let output = ""
    studio.stdout.on("data", (chunk) => void (output += String(chunk)))
    await until(() => /leader \d+[\s\S]*child \d+/u.test(output))
    const pids = Array.from(output.matchAll(/(?:leader|child) (\d+)/gu), (match) => Number(match[1]))
    expect(pids.every(isRunning)).toBe(true)
    studio.kill("SIGKILL")
    await until(() => !pids.some(isRunning))
  })
})

import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Xoshiro } from "../../packages/core/src/math/Xoshiro.ts"
import { isAtCampaign } from "./isAtCampaign.ts"
import { descendantsOf, isStillRunning, type Running } from "./processes.ts"

export interface TrialResult {
  readonly kills: number
  /** When the first kill came. */
  readonly moment: "before" | "during" | "after"
  readonly status: string
  readonly planned: number
  /** Planned runs without a finished one. */
  readonly lost: number
  /** Finished runs beyond one of each key. */
  readonly doubled: number
  readonly begunAnew: number
  /** Processes of the killed ones that were still there 5 s later. */
  readonly orphans: number
}

interface Campaign {
  readonly id: string
  readonly status: string
  readonly runs: readonly { readonly key: string }[]
}

const bin = join(import.meta.dirname, "../../packages/cli/dist/bin.js")
const adapter = join(import.meta.dirname, "spawner.mjs")
const suite = {
  suite: "kills",
  backends: ["fake", "own"],
  cases: [{ name: "random", benchmark: "serving", set: { "num-prompts": 8, "max-concurrency": "${concurrency}" } }],
  matrix: { axes: { concurrency: [1, 2] } },
  repeats: 2,
  warmup: 1
}
const config = {
  adapters: [adapter],
  backends: { fake: { adapter: "mock", scenario: "slow", value: 0.05 }, own: { adapter: "spawner" } }
}
/** One in five is killed while the process starts, mostly before the campaign is in the store. */
const startMs = 400
/** The others from the moment on from which the process is at the campaign, up to about its end. */
const campaignMs = 1500

/** One campaign, killed at a random moment, and gone on with to its end. */
export const runTrial = async (random: Xoshiro): Promise<TrialResult> => {
  const cwd = mkdtempSync(join(tmpdir(), "studio-kills-"))
  writeFileSync(join(cwd, "suite.yaml"), JSON.stringify(suite))
  writeFileSync(join(cwd, "studio.config.json"), JSON.stringify(config))
  const children: Running[] = []
  let kills = 0
  const killed = async (args: readonly string[]): Promise<void> => {
    const child = start(cwd, args)
    const ended = new Promise((resolve) => child.once("exit", resolve))
    const isEarly = random.int(5) === 0
    if (!isEarly) await untilAtCampaign(child)
    await Promise.race([ended, wait(random.int(isEarly ? startMs : campaignMs))])
    if (child.exitCode !== null || child.pid === undefined) return
    children.push(...descendantsOf(child.pid))
    child.kill("SIGKILL")
    kills++
    await ended
  }
  const untilAtCampaign = async (child: ChildProcess): Promise<void> => {
    while (child.exitCode === null && !isAtCampaign(join(cwd, "data", "studio.db"), child.pid ?? 0)) await wait(5)
  }
  const campaign = (): Campaign | undefined => ask(cwd, ["campaigns", "list"]).items[0]

  await killed(["run", "suite.yaml"])
  const cut = campaign()
  const moment = cut === undefined ? "before" : cut.status === "succeeded" ? "after" : "during"
  const again = (): readonly string[] => {
    const known = campaign()
    return known === undefined ? ["run", "suite.yaml"] : ["run", "--resume", known.id]
  }
  if (random.int(10) < 3) await killed(again())
  const last = start(cwd, again())
  await new Promise((resolve) => last.once("exit", resolve))
  const { runs = [], status = "missing" } = campaign() ?? {}
  const made: readonly MadeRun[] = ask(cwd, ["runs", "list", "--suite", "kills", "--limit", "1000"]).items
  const result = { kills, moment, status, ...tally(runs, made), orphans: await leftOf(children) } as const
  rmSync(cwd, { recursive: true, force: true })
  return result
}

interface MadeRun {
  readonly status: string
  readonly campaign: { readonly key: string } | null
}

const tally = (planned: Campaign["runs"], made: readonly MadeRun[]) => {
  const finished = made.filter(({ status }) => status === "succeeded" || status === "failed")
  const keys = finished.map(({ campaign }) => campaign?.key)
  return {
    planned: planned.length,
    lost: planned.filter(({ key }) => !keys.includes(key)).length,
    doubled: keys.length - new Set(keys).size,
    begunAnew: made.length - finished.length
  }
}

/** Killing a tree takes a moment. */
const leftOf = async (children: readonly Running[]): Promise<number> => {
  for (let tries = 0; tries < 100 && children.some(isStillRunning); tries++) await wait(50)
  return children.filter(isStillRunning).length
}

const start = (cwd: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [bin, ...args, "--data", join(cwd, "data"), "--quiet"], { cwd, stdio: "ignore" })

const ask = (cwd: string, args: readonly string[]) =>
  JSON.parse(
    execFileSync(process.execPath, [bin, ...args, "--data", join(cwd, "data"), "--json"], {
      cwd,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024
    })
  )

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

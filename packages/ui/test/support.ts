import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import chromium from "@sparticuz/chromium"
import { chromium as playwright, type Browser, type Page } from "playwright-core"

const cli = fileURLToPath(new URL("../../cli/dist/bin.js", import.meta.url))

export interface TestStudio {
  readonly url: string
  readonly data: string
  readonly process: ChildProcess
  stop(): Promise<void>
}

/** The real command line, built as it is shipped, run to its end. */
export const runCli = (...args: readonly string[]): string => execFileSync(process.execPath, [cli, ...args]).toString()

/** The real server, built as it is shipped, on a data folder of its own. */
export const startStudio = async (...args: readonly string[]): Promise<TestStudio> => {
  const folder = mkdtempSync(join(tmpdir(), "studio-ui-"))
  const { PATH, HOME, TMPDIR, LANG } = process.env
  const child = spawn(
    process.execPath,
    [cli, "serve", "--port", "0", "--json", "--data", join(folder, "data"), ...args],
    {
      cwd: folder,
      env: { PATH, HOME, TMPDIR, LANG },
      stdio: ["ignore", "pipe", "inherit"]
    }
  )
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (bytes: Buffer) => resolve(bytes.toString()))
    child.once("exit", (code) => reject(new Error(`serve exited with ${code}; was the CLI built?`)))
  })
  const { url, data_dir: data } = JSON.parse(line) as { readonly url: string; readonly data_dir: string }
  return {
    url,
    data,
    process: child,
    stop: async () => {
      child.kill("SIGTERM")
      await exited
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

export const post = async <T>(studio: TestStudio, path: string, body: unknown): Promise<T> => {
  const response = await fetch(`${studio.url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

export const get = async <T>(studio: TestStudio, path: string): Promise<T> =>
  (await (await fetch(`${studio.url}/api/v1${path}`)).json()) as T

/** Runs on a backend spec and waits until the run is over; its id. */
export const finishedRun = async (studio: TestStudio, backend: string, request: unknown): Promise<string> => {
  const { id } = await post<{ id: string }>(studio, "/runs", { backend, request })
  for (;;) {
    const { status } = await get<{ status: string }>(studio, `/runs/${id}`)
    if (status === "succeeded") return id
    if (status !== "queued" && status !== "starting" && status !== "running") throw new Error(`run ${id} is ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Puts two stored cases to a clean mock and to one whose scores depend on the batch; the comparison's id. */
export const parity = async (studio: TestStudio, self = true): Promise<string> => {
  await post(studio, "/backends", { name: "left", adapter: "mock", scenario: "clean" })
  await post(studio, "/backends", { name: "right", adapter: "mock", scenario: "batch-dependent" })
  const items = ["Refunds take 14 days.", "All sales are final."]
  const score = { query: "Is this about refunds?", items, labels: [" yes", " no"] }
  await post(studio, "/cases", { name: "refunds", score, tags: ["nightly"] })
  await post(studio, "/cases", { name: "ferry", prompt: "The ferry leaves the old stone pier every half hour, and" })
  const { id } = await post<{ id: string }>(studio, "/cases/run", { backends: ["left", "right"], self })
  for (;;) {
    const check = await get<{ status: string; comparison: { id: string } | null }>(studio, `/cases/run/${id}`)
    if (check.comparison !== null) return check.comparison.id
    if (check.status !== "running") throw new Error(`the check is ${check.status}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Two lengths at two loads: each cell has a gate that can fail, and one that holds. */
const suite = {
  suite: "lengths",
  repeats: 3,
  warmup: 1,
  cases: [
    {
      name: "serving",
      benchmark: "serving",
      set: {
        "num-prompts": 256,
        "random-input-len": "${input}",
        "random-output-len": 16,
        "max-concurrency": "${concurrency}"
      }
    }
  ],
  matrix: { axes: { input: [64, 128], concurrency: [1, 8] } },
  gates: [
    { name: "p95", metric: "e2e_latency_ms.p95", max_regression: "5%" },
    { name: "first token", metric: "ttft_ms.p50", max_regression: "5%" },
    { name: "throughput", metric: "output_throughput", max_regression: "5%" },
    { name: "failures", metric: "failure_rate", max: 0.01 }
  ]
}

const suiteArguments = (
  studio: TestStudio,
  backends: readonly string[],
  repeats = suite.repeats
): readonly string[] => {
  const file = join(studio.data, "lengths.yaml")
  writeFileSync(file, JSON.stringify({ ...suite, repeats }))
  return ["run", file, "--data", studio.data, "--json", "--quiet", ...backends.flatMap((one) => ["--backend", one])]
}

/** Runs a small suite to its verdict; the campaign's id. */
export const runSuite = (studio: TestStudio, backends: readonly string[]): string => {
  const { campaign } = JSON.parse(runCli(...suiteArguments(studio, backends))) as {
    readonly campaign: { readonly id: string }
  }
  return campaign.id
}

/** Starts so many repeats in a process of their own and returns once they run; `ended` when the process is gone. */
export const startSuite = async (
  studio: TestStudio,
  backends: readonly string[],
  repeats: number
): Promise<{ readonly id: string; readonly ended: Promise<void> }> => {
  const child = spawn(process.execPath, [cli, ...suiteArguments(studio, backends, repeats)], { stdio: "ignore" })
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  for (;;) {
    const { items } = await get<{ items: readonly { id: string; status: string }[] }>(studio, "/campaigns")
    const running = items.find((one) => one.status === "running")
    if (running !== undefined) return { id: running.id, ended }
    if (child.exitCode !== null) throw new Error(`the suite ended with ${child.exitCode} before it was seen`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A Chromium from npm on Linux x64, elsewhere the one that `CHROMIUM_PATH` names. */
export const launchBrowser = async (): Promise<Browser> => {
  const own = process.env.CHROMIUM_PATH
  const executablePath = own !== undefined && existsSync(own) ? own : await chromium.executablePath()
  return playwright.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run"
    ]
  })
}

export interface PageOptions {
  readonly theme?: "light" | "dark"
  readonly width?: number
  readonly height?: number
}

/** A fresh page; an error in it, or anything that the content security policy stops, fails the test by `problems`. */
export const openPage = async (
  browser: Browser,
  studio: TestStudio,
  { theme = "light", width = 1440, height = 900 }: PageOptions = {}
): Promise<{ readonly page: Page; readonly problems: string[] }> => {
  const context = await browser.newContext({
    baseURL: studio.url,
    colorScheme: theme,
    viewport: { width, height },
    locale: "en-US"
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on("pageerror", (error) => problems.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      problems.push(message.text())
  })
  return { page, problems }
}

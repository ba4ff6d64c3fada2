// Pictures of every screen in both themes and two sizes, of the worked example, into the ignored folder shots/.
import { execFileSync, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import sparticuz from "@sparticuz/chromium"
import { chromium } from "playwright-core"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = join(root, "shots")
const folder = mkdtempSync(join(tmpdir(), "studio-shots-"))
const sizes = [
  { width: 1440, height: 900 },
  { width: 900, height: 700 }
]

const newSuite = `suite: lengths
cases:
  - name: serving
    benchmark: serving
    set: { num-prompts: 64, random-input-len: "\${input}", max-concurrency: "\${concurrency}" }
matrix: { axes: { input: [128, 512], concurrency: [1, 8] } }
repeats: 3
warmup: 1
gates:
  - { name: p95, metric: e2e_latency_ms.p95, max_regression: 5% }
`

const cli = join(root, "packages/cli/dist/bin.js")
const data = join(folder, "data")
const server = spawn(process.execPath, [cli, "serve", "--demo", "--port", "0", "--json", "--data", data], {
  cwd: folder,
  stdio: ["ignore", "pipe", "inherit"]
})
try {
  const line = await new Promise<string>((resolve, reject) => {
    server.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString()))
    server.once("exit", (code) => reject(new Error(`serve exited with ${code}`)))
  })
  const { url } = JSON.parse(line) as { url: string }
  await shoot(url, await screens(url))
} finally {
  server.kill("SIGTERM")
  rmSync(folder, { recursive: true, force: true })
}

/** Every screen by the name of its picture. */
async function screens(url: string): Promise<Readonly<Record<string, string>>> {
  const { items: comparisons } = await get<{ items: { id: string; outcome: string }[] }>(`${url}/compares`)
  const { items: benchmarks } = await get<{ items: { id: string }[] }>(`${url}/runs?kind=benchmark&limit=1`)
  const { items: scored } = await get<{ items: { id: string }[] }>(`${url}/runs?kind=score&limit=1`)
  return {
    playground: "/playground?backends=%5B%22mock%22%5D",
    "playground-benchmark": `/playground?mode=benchmark&flags=num-prompts=64&runs=${benchmarks[0]?.id}`,
    comparisons: "/compare",
    "compare-fail": `/compare/${comparisons.find((one) => one.outcome === "fail")?.id}`,
    "compare-pass": `/compare/${comparisons.find((one) => one.outcome === "pass")?.id}`,
    "compare-parity": `/compare/${await parity(url)}`,
    campaign: `/campaigns/${campaign(1.02)}`,
    "campaign-fail": `/campaigns/${campaign(1.12)}`,
    campaigns: "/campaigns",
    "campaign-new": `/campaigns/new?backends=left,right&suite=${encodeURIComponent(newSuite)}`,
    cases: "/cases?backends=left,right",
    "cases-edit": "/cases?backends=left,right&edit=refunds",
    "playground-save": "/playground?backends=%5B%22left%22,%22right%22%5D&case=refunds&mask=custom",
    runs: "/runs",
    "run-benchmark": `/runs/${benchmarks[0]?.id}`,
    "run-score": `/runs/${scored[0]?.id}`,
    backends: "/backends",
    dictionary: "/dictionary"
  }
}

/** Runs a suite of lengths and loads on a mock that is this much slower, and returns the campaign. */
function campaign(slowdown: number): string {
  const set = {
    "num-prompts": 256,
    "random-input-len": "${input}",
    "random-output-len": 32,
    "max-concurrency": "${concurrency}"
  }
  const suite = {
    suite: "nightly-lengths",
    repeats: 5,
    warmup: 1,
    cases: [{ name: "serving", benchmark: "serving", set }],
    matrix: {
      axes: { input: [128, 512, 1024, 2048], concurrency: [1, 4, 16, 64] },
      exclude: [{ input: 2048, concurrency: 64 }]
    },
    gates: [
      { name: "p95", metric: "e2e_latency_ms.p95", max_regression: "5%" },
      { name: "throughput", metric: "output_throughput", max_regression: "5%" },
      { name: "failures", metric: "failure_rate", max: 0.01 }
    ]
  }
  const file = join(folder, "suite.yaml")
  writeFileSync(file, JSON.stringify(suite))
  const backends = ["--backend", "pt=mock:clean,seed=1", "--backend", `jax=mock:clean,seed=2,slowdown=${slowdown}`]
  const told = execFileSync(process.execPath, [cli, "run", file, ...backends, "--data", data, "--json", "--quiet"])
  return (JSON.parse(told.toString()) as { campaign: { id: string } }).campaign.id
}

/** Stores a few cases, puts them to two mocks that disagree, and returns the comparison. */
async function parity(url: string): Promise<string> {
  await post(url, "/backends", { name: "left", adapter: "mock", scenario: "clean" })
  await post(url, "/backends", { name: "right", adapter: "mock", scenario: "batch-dependent" })
  const score = { query: "Is this about refunds?", items: ["Refunds take 14 days.", "All sales are final."] }
  const cases = [
    { name: "refunds", score: { ...score, labels: [" yes", " no"], apply_softmax: true }, tags: ["nightly", "score"] },
    { name: "river-town", prompt: "The ferry leaves the old stone pier every half hour, and", tags: ["nightly"] },
    { name: "bread", prompt: "To bake a plain loaf of bread, mix flour, water, salt and", tags: [], tolerance: 0.01 },
    { name: "never-asked", prompt: "def mean(values):", tags: ["code"] }
  ]
  for (const one of cases) await post(url, "/cases", one)
  const ids = ["refunds", "river-town", "bread"]
  const { id } = await post<{ id: string }>(url, "/cases/run", { backends: ["left", "right"], ids, self: true })
  for (;;) {
    const check = await get<{ status: string; comparison: { id: string } | null }>(`${url}/cases/run/${id}`)
    if (check.comparison !== null) return check.comparison.id
    if (check.status !== "running") throw new Error(`the check is ${check.status}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function post<T>(url: string, path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" }
  const response = await fetch(`${url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}

async function get<T>(address: string): Promise<T> {
  const { origin, pathname, search } = new URL(address)
  return (await (await fetch(`${origin}/api/v1${pathname}${search}`)).json()) as T
}

async function shoot(url: string, paths: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(out, { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await sparticuz.executablePath()),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
  })
  for (const colorScheme of ["light", "dark"] as const)
    for (const viewport of sizes) {
      const context = await browser.newContext({ baseURL: url, colorScheme, viewport, locale: "en-US" })
      const page = await context.newPage()
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(path)
        await page.locator("main .card, main .state").first().waitFor()
        await page.locator(".skeleton").first().waitFor({ state: "detached" })
        const file = join(out, `${name}-${colorScheme}-${viewport.width}.png`)
        await page.screenshot({ path: file, fullPage: true, animations: "disabled" })
        console.log(file)
      }
      await context.close()
    }
  await browser.close()
}

// How soon the server answers, and what it weighs:
//   npm run -s bench:serve
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const bin = join(dirname(dirname(fileURLToPath(import.meta.url))), "packages", "cli", "dist", "bin.js")
const rounds: { readonly first200Ms: number; readonly rssMb: number }[] = []
for (let round = 0; round < 5; round++) rounds.push(await measure(20_000 + Math.floor(Math.random() * 20_000)))
console.log(
  JSON.stringify({
    bench: "serve",
    rounds: rounds.length,
    first_200_ms: median(rounds.map((round) => round.first200Ms)),
    rss_mb: median(rounds.map((round) => round.rssMb))
  })
)

async function measure(port: number) {
  const data = mkdtempSync(join(tmpdir(), "studio-bench-serve-"))
  const started = performance.now()
  const server = spawn(process.execPath, [bin, "serve", "--port", String(port), "--strict-port", "--data", data], {
    stdio: "ignore"
  })
  const exited = new Promise((resolve) => server.on("exit", resolve))
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 5))
  const first200Ms = performance.now() - started
  // A page and a list make the server load what it needs for them.
  await answers(port, "/")
  await answers(port, "/api/v1/runs")
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024
  server.kill("SIGINT")
  await exited
  rmSync(data, { recursive: true, force: true })
  return { first200Ms, rssMb }
}

function answers(port: number, path = "/health"): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      response.resume()
      response.on("end", () => resolve(response.statusCode === 200))
    })
      .on("error", () => resolve(false))
      .end()
  })
}

function median(values: readonly number[]): number {
  return Number(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(1))
}

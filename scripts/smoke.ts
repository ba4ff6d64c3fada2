// The main job, end to end, on the built program: score two backends, compare, serve, look, stop.
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, "packages", "cli", "dist", "bin.js")
const data = mkdtempSync(join(tmpdir(), "studio-smoke-"))
const started = performance.now()

try {
  const { runs, comparison } = studio(
    "score",
    "--backend",
    "a=mock:clean",
    "--backend",
    "b=mock:perturbed",
    "--query",
    "Is it?",
    "--item",
    " x",
    "--item",
    " y",
    "--label",
    " yes",
    "--label",
    " no"
  )
  expect(
    "both runs succeeded",
    runs.every((run: { status: string }) => run.status === "succeeded")
  )
  expect("the perturbed side is seen", comparison.parity.max_abs_delta_logprob > 0)
  expect("runs show finds a run by prefix", studio("runs", "show", runs[0].id.slice(0, 8)).id === runs[0].id)
  await serve(async (url) => {
    const listed = await json(`${url}/api/v1/runs`)
    expect("the server lists what the command line stored", listed.items.length === 2)
    const page = await (await fetch(url)).text()
    expect("the page is served", page.includes("<script") && page.includes("SGLang Studio"))
    const compared = await fetch(`${url}/api/v1/compares`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ run_ids: runs.map((run: { id: string }) => run.id) })
    })
    expect("a comparison is made over HTTP", compared.status === 201 && (await compared.json()).arms.length === 2)
  })
  console.log(`smoke passed in ${((performance.now() - started) / 1000).toFixed(1)} s`)
} finally {
  rmSync(data, { recursive: true, force: true })
}

function studio(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "--json", "--data", data], {
    encoding: "utf8"
  })
  if (status !== 0) throw new Error(`studio ${args.join(" ")} exited with ${status}\n${stdout}${stderr}`)
  return JSON.parse(stdout)
}

async function serve(look: (url: string) => Promise<void>): Promise<void> {
  const server = spawn(process.execPath, [bin, "serve", "--port", "0", "--json", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const exited = new Promise<number | null>((resolve) => server.on("exit", resolve))
  try {
    const line = await new Promise<string>((resolve, reject) => {
      server.stdout.once("data", (bytes: Buffer) => resolve(bytes.toString()))
      server.once("exit", (code) => reject(new Error(`serve exited with ${code}`)))
    })
    await look(JSON.parse(line).url)
  } finally {
    server.kill("SIGINT")
  }
  expect("the server ends cleanly", (await exited) === 0)
}

async function json(url: string) {
  return (await fetch(url)).json() as Promise<{ items: readonly unknown[] }>
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`smoke: not so: ${what}`)
  console.log(`✓ ${what}`)
}

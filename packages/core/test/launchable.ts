import { createServer, type AddressInfo } from "node:net"
import { request } from "node:http"
import { join } from "node:path"
import { AdapterError } from "../src/adapter/AdapterError.ts"
import type { Context, LaunchEvent, LaunchRecipe } from "../src/adapter/Adapter.ts"
import type { BackendConfig } from "../src/engine/StudioOptions.ts"
import { generateResult, hang, probeOf, scripted, started } from "./scripted.ts"

const program = join(import.meta.dirname, "fixtures/server.mjs")

export const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    request({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume()
      response.on("end", () => resolve(true))
    })
      .on("error", () => resolve(false))
      .end()
  })

async function* launch(port: number, { args, env }: LaunchRecipe, context: Context): AsyncGenerator<LaunchEvent> {
  const flags = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = context.spawn([process.execPath, program, String(port), ...flags], { env: { ...env } })
  yield { type: "log", line: `$ server ${flags.join(" ")}` }
  let last = ""
  for await (const { line } of child.lines) {
    last = line
    yield { type: "log", line }
    if (line === "ready") yield { type: "ready", url: `http://127.0.0.1:${port}` }
  }
  const { code } = await child.exit
  throw new AdapterError({ reason: "crashed", message: `It ended with ${code}: ${last}`, hint: "Look." })
}

/** An adapter of a server that can be started; a generation asks it once, a standalone benchmark does not. */
export const launchable = scripted("engine", {
  supports: {
    operations: ["score", "generate", "benchmark", "launch"],
    entrypoints: ["serving", "alone"],
    standalone: ["alone"],
    masks: ["none"]
  },
  backend: ({ port, hangs }) => ({
    probe: async () =>
      (await answers(Number(port))) ? probeOf("E") : probeOf("E", { reachable: false, fingerprint: null }),
    generate: async function* (_, { signal }) {
      if (hangs === true) yield* hang(signal)
      yield started
      if (!(await answers(Number(port))))
        throw new AdapterError({ reason: "unreachable", message: "The connection broke.", hint: "Look." })
      yield generateResult
    },
    launch: (recipe, context) => launch(Number(port), recipe, context)
  })
})

/** Of a backend that the studio starts, on a port of its own. */
export const settings = async (own: object = {}, args: object = {}): Promise<BackendConfig> => ({
  adapter: "engine",
  port: await freePort(),
  launch: { args, ready_timeout: "20s" },
  ...own
})

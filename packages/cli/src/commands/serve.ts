import { fileURLToPath } from "node:url"
import type { Command } from "commander"
import { version } from "../version.ts"
import { untilCrash } from "../crashes.ts"
import { seedDemo } from "../demo.ts"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { onStop } from "../onStop.ts"
import { openBrowser } from "../openBrowser.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { UsageError } from "../output/reportError.ts"
import { serveStudio } from "../server/serve.ts"
import { announce, runningServer } from "../serverFile.ts"
import { letYoungHeapGrow } from "../youngHeap.ts"

interface ServeFlags extends GlobalOptions {
  readonly port: string
  readonly host: string
  readonly token?: string
  readonly open?: boolean
  readonly strictPort?: boolean
  readonly demo?: boolean
}

const loopback = new Set(["127.0.0.1", "localhost", "::1"])

/** `studio serve`: the web studio on one port, until it is told to stop. */
export function serveCommand(program: Command, finish: (code: number) => void): void {
  withGlobalOptions(program.command("serve"))
    .description("serve the web studio on this machine")
    .option("--port <port>", "0 = any free one; a taken port moves on to the next", "5173")
    .option("--host <host>", "address to bind; anything but loopback needs --token", "127.0.0.1")
    .option("--token <token>", "what a client off this machine must show (also STUDIO_TOKEN)")
    .option("--open", "open the page in a browser")
    .option("--strict-port", "fail if the port is taken")
    .option("--demo", "put the worked example in")
    .action(async (flags: ServeFlags) => finish(await serve(flags)))
}

async function serve(flags: ServeFlags): Promise<number> {
  const port = portOf(flags.port)
  const token = flags.token ?? process.env.STUDIO_TOKEN ?? null
  if (!loopback.has(flags.host) && token === null)
    throw new UsageError(
      `--host ${flags.host} is reachable from other machines and needs a token.`,
      "Give --token SECRET, or stay on 127.0.0.1 and forward the port over ssh.",
      { code: "token-required", path: "host" }
    )
  // Signals count from here on: a Ctrl-C while things open must end cleanly too.
  const stopped = untilStopped()
  await using studio = await openCliStudio(flags)
  const running = await runningServer(studio.dataDir)
  if (running !== null) {
    tell(flags, running)
    return exitCode.pass
  }
  await using server = await serveStudio({
    studio,
    port,
    host: flags.host,
    token,
    strictPort: flags.strictPort ?? false,
    uiDir: fileURLToPath(new URL("./ui/", import.meta.url)),
    version
  })
  const info = { url: server.url, pid: process.pid, data_dir: studio.dataDir, version }
  using _announced = announce(studio.dataDir, info)
  letYoungHeapGrow()
  if (flags.demo) await seedDemo(studio, flags.quiet ?? false)
  tell(flags, info)
  if (flags.open) openBrowser(server.url)
  await Promise.race([stopped, untilCrash])
  return exitCode.pass
}

/** The URL comes last, so that it is what the eye finds. */
function tell(
  flags: GlobalOptions,
  info: { readonly url: string; readonly pid: number; readonly data_dir: string; readonly version: string }
): void {
  if (flags.json) console.log(JSON.stringify(info))
  else console.log(`SGLang Studio ${info.version}, data in ${info.data_dir}\n${info.url}`)
}

const untilStopped = () => new Promise<void>((resolve) => void onStop(resolve))

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError(`--port "${text}" is no port.`, "Give 0 (any free one) to 65535.", { path: "port" })
  return port
}

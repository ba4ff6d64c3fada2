import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { StudioError } from "@sglang-studio/core"

/** What `server.json` in a data folder says of the server that runs on it. */
export interface ServerInfo {
  readonly url: string
  readonly pid: number
  readonly data_dir: string
  readonly version: string
}

/** The server that is named last, dead or alive. */
const announced = (folder: string): ServerInfo | null => {
  try {
    return JSON.parse(readFileSync(join(folder, "server.json"), "utf8"))
  } catch {
    return null
  }
}

/** The live server of a data folder. A file whose server does not answer is left over from a killed one. */
export async function runningServer(folder: string): Promise<ServerInfo | null> {
  const info = announced(folder)
  if (info === null || info.pid === process.pid) return null
  try {
    const response = await fetch(new URL("/health", info.url), { signal: AbortSignal.timeout(2000) })
    const { status } = (await response.json()) as { readonly status?: string }
    return status === "ok" ? info : null
  } catch {
    return null
  }
}

/** Names the server of a data folder, until it is disposed of. Another one that is named there meanwhile stays. */
export function announce(folder: string, info: ServerInfo): Disposable {
  const file = join(folder, "server.json")
  const own = `${file}.${info.pid}`
  try {
    writeFileSync(own, JSON.stringify(info), { mode: 0o600 })
    renameSync(own, file)
  } catch (cause) {
    rmSync(own, { force: true })
    throw new StudioError({
      code: "io",
      message: `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: "It tells other commands where the server is. Is the data folder still there, and is there space?",
      cause
    })
  }
  return {
    [Symbol.dispose]: () => {
      if (announced(folder)?.pid === info.pid) rmSync(file, { force: true })
    }
  }
}

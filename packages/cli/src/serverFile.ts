import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** What `server.json` in a data folder says of the server that runs on it. */
export interface ServerInfo {
  readonly url: string
  readonly pid: number
  readonly data_dir: string
  readonly version: string
}

/** The live server of a data folder. A file whose server does not answer is left over from a killed one. */
export async function runningServer(folder: string): Promise<ServerInfo | null> {
  let info: ServerInfo
  try {
    info = JSON.parse(readFileSync(join(folder, "server.json"), "utf8"))
  } catch {
    return null
  }
  if (info.pid === process.pid) return null
  try {
    const response = await fetch(new URL("/health", info.url), { signal: AbortSignal.timeout(2000) })
    const { status } = (await response.json()) as { readonly status?: string }
    return status === "ok" ? info : null
  } catch {
    return null
  }
}

/** Names the server of a data folder; returns how to take the name away again. */
export function announce(folder: string, info: ServerInfo): () => void {
  const file = join(folder, "server.json")
  writeFileSync(`${file}.${info.pid}`, JSON.stringify(info), { mode: 0o600 })
  renameSync(`${file}.${info.pid}`, file)
  return () => rmSync(file, { force: true })
}

import { AdapterError } from "@sglang-studio/core/adapter"
import { readdir, readFile, readlink } from "node:fs/promises"
import { createServer } from "node:net"

/** Makes sure that nobody listens where a server is to listen; else `AdapterError`: it is never taken over. */
export const requireFreePort = async (url: string): Promise<void> => {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, "")
  const code = await tryToListen(host, Number(port === "" ? 80 : port))
  if (code === null) return
  if (code === "EADDRINUSE") throw portInUse(url)
  throw new AdapterError({
    reason: "invalid-request",
    message: `A server cannot be started at ${url}: ${host} is no address of this machine (${code}).`,
    hint: "Leave out `launch` for a server on another machine, or give an address such as http://127.0.0.1:30000."
  })
}

export const portInUse = (url: string): AdapterError =>
  new AdapterError({
    reason: "invalid-request",
    message: `A server cannot be started at ${url}: something listens there already, and the studio never takes over what it has not started.`,
    hint: "Stop what listens there, or give this backend another port in its `url`."
  })

const tryToListen = async (host: string, port: number): Promise<string | null> => {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const server = createServer()
  server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  return promise
}

/**
 * Whether the process group of a child listens on a port. Both engines call themselves ready even when another server
 * has their port, so the kernel is asked. Null where it cannot be told (not on Linux).
 */
export const listensOn = async (group: number, url: string): Promise<boolean | null> => {
  if (process.platform !== "linux") return null
  const { port } = new URL(url)
  const sockets = await listeningSockets(Number(port === "" ? 80 : port))
  for (const pid of await membersOf(group)) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "")
      if (sockets.has(target)) return true
    }
  }
  return false
}

/** As links in /proc name them: `socket:[INODE]`. */
const listeningSockets = async (port: number): Promise<ReadonlySet<string>> => {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0")
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")))
  const rows = tables.flatMap((table) => table.split("\n").slice(1)).map((row) => row.trim().split(/\s+/))
  return new Set(
    rows.flatMap(([, local = "", , state, , , , , , inode]) =>
      state === listening && local.endsWith(`:${wanted}`) ? [`socket:[${inode}]`] : []
    )
  )
}

const listening = "0A"

const membersOf = async (group: number): Promise<readonly string[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const members = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2] === String(group)
    })
  )
  return pids.filter((_, index) => members[index])
}

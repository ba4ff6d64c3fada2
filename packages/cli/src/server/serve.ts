import { createServer, type Server } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { StudioError, type Studio } from "@sglang-studio/core"
import { createApp } from "./app.ts"
import { isLoopback } from "./security.ts"

export interface ServeOptions {
  readonly studio: Studio
  readonly version: string
  /** Folder of the built UI. */
  readonly uiDir: string
  /** 0 = any free one. Default 5173. */
  readonly port?: number
  /** Default 127.0.0.1; anything else than loopback needs a token. */
  readonly host?: string
  readonly token?: string | null
  /** Fail where the port is taken, instead of moving on to the next. */
  readonly strictPort?: boolean
}

export interface StudioServer extends AsyncDisposable {
  readonly url: string
  /** Ends event streams, lets requests finish for a moment, then closes every connection. */
  close(): Promise<void>
}

/** Serves the studio over HTTP. Rejects with `StudioError`: `token-required`, `address-in-use`, `address`. */
export const serveStudio = async (options: ServeOptions): Promise<StudioServer> => {
  const { studio, version, uiDir, port: wanted = 5173, host = "127.0.0.1", token = null, strictPort = false } = options
  if (token === null && !isLoopback(host)) throw tokenRequired(host)
  const server = createServer()
  const port = await listen(server, host, wanted, strictPort ? 1 : portsToTry)
  const stopping = new AbortController()
  const app = createApp(studio, { host, port, token, version, uiDir, stopping: stopping.signal })
  server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  const end = async () => {
    stopping.abort()
    await close(server)
  }
  return { url: `http://${nameOf(host)}:${port}`, close: end, [Symbol.asyncDispose]: end }
}

const portsToTry = 100
const graceMs = 500

const listen = async (server: Server, host: string, port: number, tries: number): Promise<number> => {
  const failure = await tryToListen(server, host, port)
  const address = server.address()
  if (failure === null && typeof address === "object" && address !== null) return address.port
  if (failure?.code === "EADDRINUSE" && tries > 1 && port < 65535) return listen(server, host, port + 1, tries - 1)
  throw cannotListen(host, port, failure)
}

const tryToListen = (server: Server, host: string, port: number) =>
  new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const settle = (error: NodeJS.ErrnoException | null) => {
      server.off("error", settle)
      server.off("listening", listening)
      resolve(error)
    }
    const listening = () => settle(null)
    server.once("error", settle).once("listening", listening).listen(port, host)
  })

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(giveUp)
      resolve()
    })
    server.closeIdleConnections()
  })

/** An address that a browser can open: a server bound to every address also answers on loopback. */
const nameOf = (host: string): string => {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1"
  return host.includes(":") ? `[${host}]` : host
}

const tokenRequired = (host: string) =>
  new StudioError({
    code: "token-required",
    message: `${host} is reachable from other machines and needs a token.`,
    hint: "Give a token, or stay on 127.0.0.1 and forward the port over ssh.",
    path: "host"
  })

const cannotListen = (host: string, port: number, failure: NodeJS.ErrnoException | null) =>
  failure?.code === "EADDRINUSE"
    ? new StudioError({
        code: "address-in-use",
        message: `Port ${port} on ${host} is taken.`,
        hint: "Take another --port; 0 is any free one.",
        cause: failure
      })
    : new StudioError({
        code: "address",
        message: `Cannot listen on ${host}:${port}: ${failure?.message ?? "no address"}.`,
        hint: "Is the host an address of this machine, and the port allowed for you?",
        path: failure?.code === "EACCES" ? "port" : "host",
        cause: failure
      })

import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, sep } from "node:path"
import { getMimeType } from "hono/utils/mime"
import { problem, problemResponse } from "./problem.ts"

interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: { readonly "content-type": string; readonly "cache-control": string; readonly etag: string }
}

/**
 * The built UI, read into memory once: a request can name only what was found here, so that no path leads out of the
 * folder. A path that is no file is one of the app's own and gets its page.
 */
export const staticFiles = (folder: string): ((request: Request) => Response) => {
  const files = readFiles(folder)
  return (request) => {
    const { pathname } = new URL(request.url)
    const file = files.get(pathname) ?? (isPage(request, pathname) ? files.get("/index.html") : undefined)
    if (file === undefined) return problemResponse(files.size === 0 ? notBuilt : notFound(pathname))
    if (request.headers.get("if-none-match") === file.headers.etag)
      return new Response(null, { status: 304, headers: file.headers })
    return new Response(file.body, { headers: file.headers })
  }
}

const readFiles = (folder: string): ReadonlyMap<string, StaticFile> => {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : []
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(files.map((name) => [`/${name.split(sep).join("/")}`, readFile(folder, name)]))
}

const readFile = (folder: string, name: string): StaticFile => {
  const body = new Uint8Array(readFileSync(join(folder, name)))
  const hashed = /^assets[/\\].*-[\w-]{8,}\.\w+$/.test(name)
  return {
    body,
    headers: {
      "content-type": getMimeType(name) ?? "application/octet-stream",
      "cache-control": hashed ? "private, max-age=31536000, immutable" : "no-cache",
      etag: `"${createHash("sha256").update(body).digest("base64url")}"`
    }
  }
}

const isPage = (request: Request, pathname: string): boolean =>
  !pathname.split("/").at(-1)?.includes(".") || (request.headers.get("accept") ?? "").includes("text/html")

const notFound = (pathname: string) =>
  problem(404, "not-found", `There is nothing at ${pathname}.`, { hint: "The page is at /, the API at /api/v1." })

const notBuilt = problem(404, "ui-not-built", "The page of the studio was not built.", {
  hint: "Run `npm start`, which builds it; the API is at /api/v1."
})

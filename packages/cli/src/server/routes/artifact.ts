import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { Readable } from "node:stream"
import type { Studio } from "@sglang-studio/core"
import type { Artifact } from "@sglang-studio/core/domain"
import type { Context } from "hono"
import { byteRange } from "../byteRange.ts"
import { problem, problemResponse } from "../problem.ts"

/** A stored file of a run, whole or in ranges. */
export const sendArtifact =
  (studio: Studio) =>
  async (c: Context, { id, name }: { readonly id: string; readonly name: string }): Promise<Response> => {
    const run = await studio.runs.get(id)
    const artifact = run.artifacts.find((candidate) => candidate.name === name)
    if (artifact === undefined) return problemResponse(unknownName(name, run.artifacts))
    const path = await studio.runs.artifactPath(run.id, name)
    const found = await stat(path).catch(() => null)
    if (found === null) return problemResponse(lost(name))
    return respond(c, path, found.size, headersOf(artifact))
  }

type Headers = ReturnType<typeof headersOf>

/** The content is foreign: text is shown as plain text, never as a page, and everything else is a download. */
const headersOf = ({ name, mediaType, sha256 }: Artifact) => {
  const text = /^text\/|[/+]json|jsonl|ndjson|yaml/.test(mediaType)
  return {
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=31536000, immutable",
    "content-disposition": `${text ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name)}`,
    "content-type": text ? "text/plain; charset=utf-8" : "application/octet-stream",
    etag: `"${sha256}"`
  }
}

const respond = (c: Context, path: string, size: number, headers: Headers): Response => {
  if (c.req.header("if-none-match") === headers.etag) return new Response(null, { status: 304, headers })
  const condition = c.req.header("if-range") ?? headers.etag
  const range = byteRange(condition === headers.etag ? c.req.header("range") : undefined, size)
  if (range.kind === "unsatisfiable") {
    const refused = problem(416, "range-not-satisfiable", `The file has ${size} bytes.`)
    return problemResponse(refused, { "content-range": `bytes */${size}` })
  }
  const { start, end } = range.kind === "part" ? range : { start: 0, end: size - 1 }
  const length = { "content-length": String(end - start + 1) }
  const body = c.req.method === "HEAD" || size === 0 ? null : read(path, start, end)
  return range.kind === "part"
    ? new Response(body, {
        status: 206,
        headers: { ...headers, ...length, "content-range": `bytes ${start}-${end}/${size}` }
      })
    : new Response(body, { headers: { ...headers, ...length } })
}

const read = (path: string, start: number, end: number) => Readable.toWeb(createReadStream(path, { start, end }))

const unknownName = (name: string, there: readonly Artifact[]) =>
  problem(404, "not-found", `The run has no artifact "${name}".`, {
    hint: there.length === 0 ? null : `It has ${there.map((artifact) => artifact.name).join(", ")}.`
  })

const lost = (name: string) =>
  problem(410, "artifact-lost", `The file of artifact "${name}" is gone from the data folder.`, {
    hint: "The run's record still has its size and hash; repeat the run to get a new one."
  })

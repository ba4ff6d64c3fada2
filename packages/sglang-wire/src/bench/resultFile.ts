import { AdapterError, type Context } from "@sglang-studio/core/adapter"
import { createReadStream } from "node:fs"
import { readFile, stat } from "node:fs/promises"
import { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { resultLines, type ResultLine } from "./reading.ts"

const mebibyte = 1024 * 1024

/** What is kept of a benchmark's result file. */
export const resultArtifact = { name: "result.jsonl", kind: "raw-result", mediaType: "application/x-ndjson" } as const

/**
 * The lines of the file that a benchmark program wrote; none where it wrote no file. A file that would not fit into
 * memory is kept as it is and refused (`protocol`).
 */
export const readResultFile = async (
  path: string,
  context: Context,
  largestBytes = 256 * mebibyte
): Promise<readonly ResultLine[]> => {
  const size = await stat(path).then(
    (file) => file.size,
    () => 0
  )
  if (size === 0) return []
  if (size <= largestBytes) return resultLines(await readFile(path, "utf8"), resultArtifact.name)
  const { name, kind, mediaType } = resultArtifact
  await pipeline(createReadStream(path), Writable.fromWeb(await context.artifact(name, kind, mediaType)))
  throw new AdapterError({
    reason: "protocol",
    message: `result.jsonl has ${Math.ceil(size / mebibyte)} MiB; up to ${largestBytes / mebibyte} MiB can be read.`,
    hint: "It is kept as an artifact of the run. Ask for fewer prompts or shorter outputs, or set output-details=false."
  })
}

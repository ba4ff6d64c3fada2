import { urlOf } from "@sglang-studio/core/contract"

export const artifactAddress = (runId: string, name: string): string => urlOf("runArtifact", { id: runId, name })

/** The first `limit` bytes of a stored file as text, and whether that was all of it. */
export const readArtifact = async (
  runId: string,
  name: string,
  limit: number
): Promise<{ readonly text: string; readonly whole: boolean }> => {
  const response = await fetch(artifactAddress(runId, name), { headers: { range: `bytes=0-${limit - 1}` } })
  if (!response.ok) throw new Error(`The server answered ${response.status} for ${name}.`)
  const buffer = await response.arrayBuffer()
  const total = Number(response.headers.get("content-range")?.split("/")[1] ?? buffer.byteLength)
  return { text: new TextDecoder().decode(buffer.slice(0, limit)), whole: total <= limit }
}

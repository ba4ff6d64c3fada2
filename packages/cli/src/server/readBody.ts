/**
 * The body as text; null where it is longer. Counted as it comes, since a client may declare no length, or none that is
 * true. (Hono's own limit makes a new Request for that, which the Node server's do not allow.)
 */
export const readBody = async ({ headers, body }: Request, mostBytes: number): Promise<string | null> => {
  if (Number(headers.get("content-length") ?? 0) > mostBytes) return null
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.byteLength
    if (size > mostBytes) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces, size).toString("utf8")
}

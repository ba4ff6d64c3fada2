import type { Redactor } from "../adapter/redact.ts"

/** Redacts bytes of a text as they pass. */
export interface RedactStream {
  push(chunk: Uint8Array): Uint8Array
  end(): Uint8Array
}

/** Works on whole lines, so that a secret on the border of two chunks is seen. */
export const redactStream = (redactor: Redactor): RedactStream => {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ""
  const take = (text: string): Uint8Array => {
    const all = rest + text
    // Of an endless line only its end waits for the next chunk.
    const cut =
      all.length > longestLine ? Math.max(all.lastIndexOf("\n") + 1, all.length - overlap) : all.lastIndexOf("\n") + 1
    rest = all.slice(cut)
    return encoder.encode(redactor.text(all.slice(0, cut)))
  }
  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      const last = rest + decoder.decode()
      rest = ""
      return encoder.encode(redactor.text(last))
    }
  }
}

/** Whether a file of this type is read by people or parsers as text. */
export const isText = (mediaType: string): boolean =>
  /^text\/|json|xml|yaml|javascript|x-www-form-urlencoded/iu.test(mediaType)

const longestLine = 4 * 1024 * 1024
const overlap = 4096

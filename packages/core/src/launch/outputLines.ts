import type { Child } from "../adapter/Adapter.ts"

type Source = "stdout" | "stderr"
type Line = { readonly source: Source; readonly line: string }

/** Output cut into lines as it comes; a carriage return ends a line too, so that progress bars can be read. */
export interface OutputLines {
  push(source: Source, chunk: Uint8Array): void
  end(): void
  readonly iterable: Child["lines"]
}

/** Nobody has to read the lines: of those that wait, the oldest are dropped above `limit` lines or 16 Mi characters. */
export const makeOutputLines = (limit: number): OutputLines => {
  const waiting: Line[] = []
  const rest: Record<Source, string> = { stdout: "", stderr: "" }
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  let size = 0
  let ended = false
  let wake = () => {}

  const take = (): Line | undefined => {
    const line = waiting.shift()
    size -= line?.line.length ?? 0
    return line
  }
  const isFull = () => waiting.length > limit || size > mostCharacters
  const add = (source: Source, line: string) => {
    waiting.push({ source, line })
    size += line.length
    while (isFull()) take()
  }
  return {
    push: (source, chunk) => {
      const lines = (rest[source] + decoders[source].decode(chunk, { stream: true })).split(/\r\n|\n|\r/u)
      const last = lines.pop() ?? ""
      rest[source] = last.length > longestLine ? "" : last
      if (last.length > longestLine) lines.push(last)
      for (const line of lines) add(source, line)
      wake()
    },
    end: () => {
      for (const source of ["stdout", "stderr"] as const) if (rest[source] !== "") add(source, rest[source])
      ended = true
      wake()
    },
    iterable: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const line = take()
          if (line !== undefined) yield line
          else if (ended) return
          else await new Promise<void>((resolve) => void (wake = resolve))
        }
      }
    }
  }
}

/** A longer line comes in pieces. */
const longestLine = 1024 * 1024
const mostCharacters = 16 * 1024 * 1024

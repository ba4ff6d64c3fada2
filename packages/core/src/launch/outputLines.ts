import type { Child } from "../adapter/Adapter.ts"

type Source = "stdout" | "stderr"
type Line = { readonly source: Source; readonly line: string }

/** Output cut into lines as it comes; a carriage return ends a line too, so that progress bars can be read. */
export interface OutputLines {
  push(source: Source, chunk: Uint8Array): void
  end(): void
  readonly iterable: Child["lines"]
}

/** Nobody has to read the lines: of those that wait, the oldest are dropped above `limit`. */
export const makeOutputLines = (limit: number): OutputLines => {
  const waiting: Line[] = []
  const rest: Record<Source, string> = { stdout: "", stderr: "" }
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  let ended = false
  let wake = () => {}

  const add = (source: Source, line: string) => {
    waiting.push({ source, line })
    if (waiting.length > limit) waiting.splice(0, waiting.length - limit)
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
          const line = waiting.shift()
          if (line !== undefined) yield line
          else if (ended) return
          else await new Promise<void>((resolve) => void (wake = resolve))
        }
      }
    }
  }
}

const longestLine = 1024 * 1024

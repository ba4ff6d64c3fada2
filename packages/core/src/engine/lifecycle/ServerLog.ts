/** What a server printed, for the runs that use it: each takes the part that was printed in its time. */
export interface ServerLog {
  add(line: string): void
  /** Where the log stands now. */
  mark(): number
  /** The first line, which names the command, and everything since a mark. */
  since(mark: number): string
  last(count: number): readonly string[]
}

/** Keeps the newest lines, `limit` characters of them at most. */
export const makeServerLog = (limit = 16 * 1024 * 1024): ServerLog => {
  const lines: string[] = []
  let head: string | null = null
  let dropped = 0
  let size = 0
  return {
    add: (line) => {
      head ??= line
      lines.push(line)
      size += line.length + 1
      while (size > limit && lines.length > 1) {
        size -= (lines.shift()?.length ?? 0) + 1
        dropped++
      }
    },
    mark: () => dropped + lines.length,
    since: (mark) => {
      const gone = Math.max(0, dropped - mark)
      const rest = lines.slice(Math.max(0, mark - dropped))
      const before = mark === 0 && dropped === 0 ? [] : [head ?? "", mark === 0 ? "" : "…"].filter(Boolean)
      return [...before, ...(gone > 0 ? [`… ${gone} lines were dropped`] : []), ...rest, ""].join("\n")
    },
    last: (count) => lines.slice(-count)
  }
}

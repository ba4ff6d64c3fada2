import type { BenchmarkFlags } from "@sglang-studio/core/domain"

/** A recorded command line of one of the engines' benchmark programs. */
export interface BenchCommand {
  /** Such as `sgl_jax.bench_serving`. */
  readonly module: string
  readonly flags: BenchmarkFlags
}

/** Reads `… python -m MODULE --flag value …`; null where the text is no such command. */
export const readCommand = (text: string): BenchCommand | null => {
  const words = splitWords(text.trim())
  const at = words.indexOf("-m")
  const module = words[at + 1]
  if (at === -1 || module === undefined) return null
  return { module, flags: readFlags(words.slice(at + 2)) }
}

/** A repeated flag counts as its last; several values of one flag are joined by a space. */
const readFlags = (words: readonly string[]): BenchmarkFlags => {
  const values = new Map<string, string[]>()
  let current: string[] = []
  for (const word of words) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) current.push(word)
    else values.set(name, (current = value === undefined ? [] : [value]))
  }
  return Object.fromEntries(
    [...values].map(([name, given]) => [name, given.length === 0 || plainValue(given.join(" "))])
  )
}

const plainValue = (text: string): string | number =>
  /^-?\d+(\.\d+)?$/.test(text) && `${Number(text)}`.length <= text.length ? Number(text) : text

/** Words as a POSIX shell splits them, without expansions. */
const splitWords = (line: string): readonly string[] =>
  Array.from(line.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs), ([word]) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_, escaped?: string, double?: string, single?: string) =>
        escaped ?? double?.replace(/\\(.)/gs, "$1") ?? single ?? ""
    )
  )

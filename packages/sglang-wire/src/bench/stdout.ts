import { AdapterError } from "@sglang-studio/core/adapter"
import { excerpt } from "../looseJson.ts"

/** Labels and values of the block that `bench_serving` prints, as printed. */
export type Printed = ReadonlyMap<string, string>

const title = "============ Serving Benchmark Result ============"

/**
 * Reads the printed block strictly: the last one, as the last line of the result file is the one that counts. Null where
 * there is none. An unknown line is an error (`protocol`) that shows it.
 */
export const readPrinted = (stdout: string): Printed | null => {
  const lines = stdout.split(/\r?\n/)
  const start = lines.findLastIndex((line) => line.trim() === title)
  if (start === -1) return null
  const printed = new Map<string, string>()
  for (const line of lines.slice(start + 1)) {
    if (/^=+$/.test(line.trim())) return printed
    if (line.trim() === "" || /^-+[^-].*-+$/.test(line)) continue
    const [, label, value] = /^\s*(.+?):\s+(\S.*?)\s*$/.exec(line) ?? []
    if (label === undefined || value === undefined) throw unreadable(`has a line that cannot be read: ${excerpt(line)}`)
    printed.set(label, value)
  }
  throw unreadable("has no end: the program was probably cut off")
}

export const printedNumber = (printed: Printed | null, label: string): number | null => {
  const value = printed?.get(label)
  const number = value === undefined ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

const unreadable = (problem: string): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `The result block that bench_serving printed ${problem}`,
    hint: "This version of bench_serving prints something that the adapter does not know; report its version."
  })

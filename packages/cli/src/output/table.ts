/** Columns aligned by their widest cell; numbers to the right. */
export function table(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths = rows[0]?.map((_, column) => widest(rows.map((row) => row[column] ?? ""))) ?? []
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, column) => pad(cell, widths[column] ?? 0, column))
          .join("  ")
          .trimEnd()
    )
    .join("\n")
}

/** What is known, one fact a line: a word, then what is said of it. */
export function facts(rows: readonly (readonly [word: string, said: string])[], indent = "  "): string {
  const width = widest(rows.map(([word]) => word))
  return rows.map(([word, said]) => `${indent}${word.padEnd(width)}  ${said}`).join("\n")
}

/** No spread: a function takes so many arguments only, and a score may have more items. */
const widest = (texts: readonly string[]) => texts.reduce((width, text) => Math.max(width, text.length), 0)

const pad = (cell: string, width: number, column: number) =>
  column > 0 && /^[-+]?[\d.]/.test(cell) ? cell.padStart(width) : cell.padEnd(width)

/** Columns aligned by their widest cell; numbers to the right. */
export function table(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
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
  const width = Math.max(0, ...rows.map(([word]) => word.length))
  return rows.map(([word, said]) => `${indent}${word.padEnd(width)}  ${said}`).join("\n")
}

const pad = (cell: string, width: number, column: number) =>
  column > 0 && /^[-+]?[\d.]/.test(cell) ? cell.padStart(width) : cell.padEnd(width)

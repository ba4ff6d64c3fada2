/** Null for a table without rows. */
export function markdownTable(head: readonly string[], body: readonly (readonly string[])[]): string | null {
  if (body.length === 0) return null
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n")
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/gu, " ")

import { type Row, rows } from "./rows.ts"
import type { Finding } from "./trial.ts"

/** How often each cause and each verdict was said of one row's trials. */
export interface Tally {
  readonly row: Row
  readonly causes: { readonly [cause: string]: number }
  readonly outcomes: { readonly [outcome: string]: number }
  /** Share of trials whose code is right. */
  readonly right: number
  /** Trials of which something else was said than the row allows. */
  readonly misses: readonly Finding[]
}

export const tally = (findings: readonly Finding[]): readonly Tally[] =>
  rows.flatMap((row) => {
    const own = findings.filter((finding) => finding.row === row.name)
    if (own.length === 0) return []
    const isNamed = ({ cause }: Finding): boolean => row.causes.includes(cause)
    return {
      row,
      causes: counts(own.map(({ cause }) => cause)),
      outcomes: counts(own.map(({ outcome }) => outcome)),
      right: own.filter(isNamed).length / own.length,
      misses: own.filter((finding) => !isNamed(finding) || isMisjudged(row, finding))
    }
  })

const isMisjudged = (row: Row, { spec, outcome }: Finding): boolean => outcome !== row.judged(spec)

const counts = (names: readonly string[]): { readonly [name: string]: number } =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]))

/** Rows are what was planted, columns what was named; then the share of right codes, and the verdicts. */
export const printTable = (tallies: readonly Tally[]): string => {
  const causes = [...new Set(tallies.flatMap((one) => Object.keys(one.causes)))]
  const lines = [
    ["planted", ...causes, "right", "verdicts"],
    ...tallies.map(({ row, causes: named, right, outcomes }) => [
      row.name,
      ...causes.map((cause) => String(named[cause] ?? "")),
      percent(right),
      Object.entries(outcomes)
        .map(([outcome, n]) => `${n} ${outcome}`)
        .join(", ")
    ])
  ]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}

/** What does not hold: a row whose code is right too seldom, or a verdict that is not its fault's. */
export const complaints = ({ row, right, misses }: Tally): readonly string[] => {
  const misjudged = misses.filter((miss) => isMisjudged(row, miss))
  if (right >= leastRight && misjudged.length === 0) return []
  const shown = right >= leastRight ? misjudged : misses
  return [
    `${row.name}: ${row.causes.join(" or ")} in ${percent(right)}, ${misjudged.length} judged wrongly`,
    ...shown.slice(0, 10).map(({ trial, spec, cause, outcome }) => `  trial ${trial}, ${spec}: ${cause}, ${outcome}`)
  ]
}

const leastRight = 0.95
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

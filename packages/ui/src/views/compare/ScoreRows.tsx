import type { ScoreResult, ScoredItem } from "@sglang-studio/core/domain"
import { fixed, signedFixed, significant } from "../../base/format.ts"
import { descendingRanks } from "../../base/ranks.ts"
import { sideOf } from "../../base/sides.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import "./compare.css"

interface ScoreRowsProps {
  readonly labels: readonly string[]
  readonly scores: readonly (ScoreResult | null)[]
  readonly items: readonly ScoredItem[]
  /** The arm whose colour a single side has. */
  readonly side?: number
  readonly region?: string
}

/** One row per item: its rank on each side, its score as a bar on each side, and what changed. */
export const ScoreRows = ({ labels, scores, items, side: firstArm = 0, region = "Scores by item" }: ScoreRowsProps) => {
  const first = scores.map((score) => score?.scores.map((row) => row[0] ?? 0) ?? null)
  const alone = scores.map((score) => score?.oneByOne?.map((row) => row[0] ?? 0) ?? null)
  const ranks = first.map((values) => (values === null ? null : descendingRanks(values)))
  const paired = scores.length > 1
  const withAlone = alone.some((values) => values !== null)
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label={region}>
      <table class={`rows scores${paired ? "" : " single"}`}>
        <thead>
          <tr>
            <th>item</th>
            {paired && <th class="number">rank</th>}
            {labels.map((label, side) => (
              <th key={label} class={sideOf(firstArm + side)}>
                <span class="side-ink">{label}</span>
              </th>
            ))}
            {paired && (
              <th class="number">
                <MetricName name="max_abs_delta" label={"\u0394p"} />
              </th>
            )}
            {withAlone && (
              <th class="number alone">
                <MetricName
                  name={paired ? "max_abs_delta_one_by_one" : "score"}
                  label={paired ? "one by one \u0394p" : "one by one"}
                />
              </th>
            )}
            {!paired && <th class="number narrow">rank</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => {
            const rank = ranks.map((side) => side?.[index])
            const moved = paired && new Set(rank.filter((one) => one !== undefined)).size > 1
            return (
              <tr key={index} aria-selected={moved}>
                <th scope="row" class="cut item" title={item.text ?? undefined}>
                  <span>{itemText(item, index)}</span>
                </th>
                {paired && (
                  <td class={`number mono nowrap${moved ? " bad strong" : ""}`}>
                    {rank.map((one) => one ?? "\u2014").join(" \u2192 ")}
                  </td>
                )}
                {first.map((values, side) => (
                  <td key={side} class={sideOf(firstArm + side)}>
                    <Score value={values?.[index]} />
                  </td>
                ))}
                {paired && <Delta left={first[0]?.[index]} others={first.slice(1).map((values) => values?.[index])} />}
                {withAlone &&
                  (paired ? (
                    <Delta left={alone[0]?.[index]} others={alone.slice(1).map((values) => values?.[index])} quiet />
                  ) : (
                    <td class="number mono muted">{number(alone[0]?.[index])}</td>
                  ))}
                {!paired && <td class="number mono faint">{rank[0] ?? "\u2014"}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const itemText = (item: ScoredItem, index: number): string =>
  item.text !== null && item.text.trim() !== "" ? item.text.trim() : `item ${index + 1}`

const number = (value: number | undefined): string => (value === undefined ? "\u2014" : fixed(value, 3))

const Score = ({ value }: { value: number | undefined }) =>
  value === undefined ? (
    <span class="faint">{"\u2014"}</span>
  ) : (
    <span class="score" title={String(value)}>
      <span class="bar" style={{ width: `${Math.max(0.5, value * 70)}%` }} />
      <span class="mono">{value < 0.0005 ? significant(value, 2) : fixed(value, 3)}</span>
    </span>
  )

/** Of several candidates the one that is furthest from the baseline. */
const Delta = ({
  left,
  others,
  quiet = false
}: {
  left: number | undefined
  others: readonly (number | undefined)[]
  quiet?: boolean
}) => {
  const right = others
    .filter((value) => value !== undefined)
    .toSorted((a, b) => Math.abs(b - (left ?? b)) - Math.abs(a - (left ?? a)))[0]
  if (left === undefined || right === undefined) return <td class="number faint">{"\u2014"}</td>
  return (
    <td class={`number mono${quiet ? " muted" : ""}`} title={String(right - left)}>
      {signedFixed(right - left, 3)}
    </td>
  )
}

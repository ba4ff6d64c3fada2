import { count, fixed, signedFixed, significant } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { tokenText } from "../../base/tokenText.ts"
import type { TokenRow } from "../../model/tokenView.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { VirtualRows } from "../../parts/VirtualRows.tsx"
import { measured, measureWord } from "./measure.ts"
import type { Selection } from "./TokenPanel.tsx"

export const TokenTable = ({ selection }: { selection: Selection }) => {
  const { view, low, high, position, labels, arms, measure } = selection
  void view.version.value
  const paired = view.sides.length > 1
  const word = measureWord[measure]
  return (
    <VirtualRows
      label="Positions"
      count={high - low}
      visible={9}
      columnCount={paired ? 8 : 6}
      cursor={position - low}
      onRange={(from, to) => void view.ensure(low + from, low + to)}
      columns={(paired
        ? ["8%", "18%", "9%", "13%", "13%", "13%", "12%", "14%"]
        : ["10%", "32%", "14%", "16%", "16%", "12%"]
      ).map((width, index) => (
        <col key={index} style={{ width }} />
      ))}
      head={
        <tr>
          <th class="number">#</th>
          <th>token</th>
          <th class="number">id</th>
          {labels.map((label, side) => (
            <th key={label} class={`number ${sideOf(arms[side] ?? side)}`}>
              <span class="side-ink" title={label}>
                <MetricName name={measure} label={word} />
              </span>
            </th>
          ))}
          {paired ? (
            <>
              <th class="number">
                <MetricName name="delta_logprob" label={"\u0394"} />
              </th>
              <th class="number">
                <MetricName name="delta_over_tolerance" />
              </th>
            </>
          ) : (
            <th class="number">p</th>
          )}
          <th class="number">
            <MetricName name="rank" label="rank" />
          </th>
        </tr>
      }
      row={(index) => <Row key={low + index} position={low + index} selection={selection} index={index} />}
    />
  )
}

const Row = ({ position, index, selection }: { position: number; index: number; selection: Selection }) => {
  const { view, position: chosen, select, measure } = selection
  const row = view.row(position)
  const hovered = view.hover.value === position
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={position === chosen}
      class={`mono${position === chosen ? " cursor" : ""}${hovered ? " hovered" : ""}`}
      onClick={() => select(position)}
      onMouseEnter={() => (view.hover.value = position)}
      onMouseLeave={() => (view.hover.value = null)}
    >
      <td class="number faint">{position}</td>
      {row === null ? (
        <td colSpan={7} class="faint">
          {"\u2026"}
        </td>
      ) : (
        <Cells row={row} measure={measure} paired={view.sides.length > 1} />
      )}
    </tr>
  )
}

const Cells = ({ row, measure, paired }: { row: TokenRow; measure: Selection["measure"]; paired: boolean }) => {
  const [left = null, right = null] = row.sides
  const value = (side: typeof left) => {
    const number = measured(side, measure)
    return (
      <td class="number" title={number === null ? "no value" : String(number)}>
        {number === null ? "\u2014" : measure === "rank" ? count(number) : fixed(number, 4)}
      </td>
    )
  }
  return (
    <>
      <td class="cut">
        {left !== null && <span class="token">{tokenText(left.token, left.id)}</span>}
        {paired && !row.sameToken && right !== null && (
          <>
            {" "}
            <span class="token bad">{tokenText(right.token, right.id)}</span>
          </>
        )}
      </td>
      <td class="number faint">{left?.id ?? "\u2014"}</td>
      {value(left)}
      {paired ? (
        <>
          {value(right)}
          <td
            class={`number${row.over ? " bad" : ""}`}
            title={row.delta === null ? "not comparable" : String(row.delta)}
          >
            {row.delta === null ? "\u2014" : signedFixed(row.delta, 4)}
          </td>
          <td class={`number heat-${row.heat}`} title={row.size === null ? "no tolerance" : String(row.size)}>
            {row.size === null
              ? "\u2014"
              : row.size >= 0.005 || row.size === 0
                ? fixed(row.size, 2)
                : significant(row.size, 1)}
          </td>
          <td class="number faint">{ranks(left?.rank ?? null, right?.rank ?? null)}</td>
        </>
      ) : (
        <>
          <td class="number">{left?.logprob == null ? "\u2014" : significant(Math.exp(left.logprob))}</td>
          <td class="number faint">{place(left?.rank ?? null)}</td>
        </>
      )}
    </>
  )
}

const ranks = (left: number | null, right: number | null): string =>
  left === right ? place(left) : `${place(left)} \u2192 ${place(right)}`

const place = (rank: number | null): string => (rank === null ? "\u2014" : count(rank))

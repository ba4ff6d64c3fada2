import type { Divergence } from "@sglang-studio/core/domain"
import { share, significant, signed } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { ribbonText, tokenText } from "../../base/tokenText.ts"
import type { TokenRow, TokenView } from "../../model/tokenView.ts"
import { Badge } from "../../parts/Badge.tsx"
import { MetricName } from "../../parts/MetricName.tsx"
import { Cause } from "./Cause.tsx"
import { alternatives, listedMass } from "./alternatives.ts"
import type { Selection } from "./TokenPanel.tsx"

/** Everything about the selected position. */
export const Inspector = ({ selection, divergence }: { selection: Selection; divergence: Divergence | null }) => {
  const { view, position, low } = selection
  void view.version.value
  const row = view.row(position)
  return (
    <aside class="inspector" aria-label={`Position ${position}`}>
      <h3>
        Position {position} <span class="context faint">{before(view, position, low)}</span>
      </h3>
      {row !== null && <Standing row={row} view={view} />}
      {row !== null && <TopTokens row={row} view={view} arms={selection.arms} />}
      {divergence !== null && (divergence.position === null || divergence.position === position) && (
        <Cause divergence={divergence} />
      )}
      {divergence !== null && divergence.position !== null && divergence.position !== position && (
        <p>
          <button type="button" class="link" onClick={() => selection.select(divergence.position ?? 0)}>
            Worst position of this case: {divergence.position}
          </button>
        </p>
      )}
    </aside>
  )
}

const before = (view: TokenView, position: number, low: number): string => {
  const words = Array.from({ length: 8 }, (_, index) => view.row(position - 8 + index)?.sides[0] ?? null)
  const text = words.map((word) => (word === null ? "" : ribbonText(word.token, word.id))).join("")
  return text.trim() === "" ? "at the start" : `after \u201c${position - 8 > low ? "\u2026" : ""}${text.trim()}\u201d`
}

const Standing = ({ row, view }: { row: TokenRow; view: TokenView }) => {
  if (view.sides.length < 2) {
    const logprob = row.sides[0]?.logprob
    return (
      <p class="muted">
        {logprob == null
          ? "No value at the first position."
          : `p = ${significant(Math.exp(logprob))}, NLL ${significant(-logprob)} nats`}
      </p>
    )
  }
  if (row.sides.includes(null)) return <p class="muted">Only one side has a token here.</p>
  if (!row.sameToken) return <Badge kind="fail" text="different tokens" />
  if (row.delta === null) return <p class="muted">No value to compare at this position.</p>
  return (
    <p class="spread">
      {row.size !== null && (
        <Badge
          kind={row.over ? "fail" : "pass"}
          text={row.over ? `${significant(row.size, 2)}\u00d7 tolerance` : "within tolerance"}
        />
      )}
      <span class="mono" title={`${row.delta} nats`}>
        {"\u0394"} {signed(row.delta)}
      </span>
    </p>
  )
}

const TopTokens = ({ row, view, arms }: { row: TokenRow; view: TokenView; arms: readonly number[] }) => {
  const rows = alternatives(row, view)
  if (rows.length === 0) return <p class="faint">No alternatives were recorded at this position.</p>
  const masses = row.sides.map((side) => (side === null ? null : listedMass(side)))
  const longest = Math.max(...rows.flatMap((one) => one.probabilities.map((p) => p ?? 0)))
  return (
    <div>
      <p class="muted missing">
        top {rows.length}
        {view.sides.length > 1 ? " of both sides" : ""};{" "}
        {masses.map((mass) => (mass === null ? "\u2014" : share(Math.max(0, 1 - mass)))).join(" | ")}{" "}
        <MetricName name="missing_mass" label="of the mass not listed" />
      </p>
      <table class={`pairs${view.sides.length > 1 ? "" : " single"}`} aria-label="Alternatives at this position">
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              {view.sides.length > 1 && (
                <Bar p={one.probabilities[0] ?? null} longest={longest} arm={arms[0] ?? 0} first />
              )}
              <th scope="row">
                <span
                  class={`token${one.actual ? " actual" : ""}`}
                  title={`id ${one.id}${one.actual ? ", the token of the text" : ""}`}
                >
                  {tokenText(one.text, one.id)}
                </span>
              </th>
              <Bar p={one.probabilities.at(-1) ?? null} longest={longest} arm={arms.at(-1) ?? 0} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Bar = ({
  p,
  longest,
  arm,
  first = false
}: {
  p: number | null
  longest: number
  arm: number
  first?: boolean
}) => (
  <td class={`pair-bar ${sideOf(arm)}${first ? " mirrored" : ""}`}>
    {p === null ? (
      <span class="faint">not listed</span>
    ) : (
      <span class="pair" title={String(p)}>
        <span class="bar" style={{ width: `${(p / longest) * 58}%` }} />
        <span class="mono muted">{share(p)}</span>
      </span>
    )}
  </td>
)

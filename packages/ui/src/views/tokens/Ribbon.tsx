import { ribbonText } from "../../base/tokenText.ts"
import { count } from "../../base/format.ts"
import type { TokenRow } from "../../model/tokenView.ts"
import type { Selection } from "./TokenPanel.tsx"

/** Divides the window of the chart, whose rows are fetched anyway. */
const reach = 128

/** The text itself, each token as hot as its difference; arrows walk it. */
export const Ribbon = ({ selection }: { selection: Selection }) => {
  const { view, low, high, position, select } = selection
  void view.version.value
  const from = low + Math.floor((position - low) / reach) * reach
  const to = Math.min(high, from + reach)
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    select(position + by)
  }
  const tokens = Array.from({ length: to - from }, (_, index) => (
    <Token key={from + index} position={from + index} selection={selection} />
  ))
  return (
    <div class="ribbon-frame">
      {from > low && (
        <button type="button" class="link" onClick={() => select(from - 1)}>
          {"\u2039"} {count(from - low)} before
        </button>
      )}
      <div
        class="ribbon"
        role="listbox"
        aria-label="Text by token"
        tabIndex={0}
        aria-activedescendant={`token-${position}`}
        onKeyDown={step}
      >
        {tokens}
      </div>
      {to < high && (
        <button type="button" class="link" onClick={() => select(to)}>
          {count(high - to)} after {"\u203a"}
        </button>
      )}
    </div>
  )
}

const Token = ({
  position,
  selection: { view, position: chosen, select }
}: {
  position: number
  selection: Selection
}) => {
  const row = view.row(position)
  const selected = position === chosen
  const text = row === null ? " " : textOf(row)
  return (
    <span
      id={`token-${position}`}
      role="option"
      aria-selected={selected}
      aria-label={`${position}: ${text.trim() === "" ? "space" : text}`}
      class={`ribbon-token heat-${row?.heat ?? 0}${selected ? " selected" : ""}${view.hover.value === position ? " hovered" : ""}`}
      onClick={() => select(position)}
      onMouseEnter={() => (view.hover.value = position)}
      onMouseLeave={() => (view.hover.value = null)}
    >
      {text}
    </span>
  )
}

const textOf = ({ sides: [left = null, right = null], sameToken }: TokenRow): string => {
  const one = left ?? right
  if (one === null) return ""
  const text = ribbonText(one.token, one.id)
  return sameToken || left === null || right === null ? text : `${text}/${ribbonText(right.token, right.id)}`
}

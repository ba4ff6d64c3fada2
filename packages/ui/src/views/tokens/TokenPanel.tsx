import type { ComponentChildren } from "preact"
import { signal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import type { Divergence } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import type { Part, TokenView } from "../../model/tokenView.ts"
import { ProblemBox } from "../../parts/States.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { useKeys } from "../../shell/keys.ts"
import { query, setQuery } from "../../shell/router.ts"
import { notify } from "../../model/notice.ts"
import { Inspector } from "./Inspector.tsx"
import { Ribbon } from "./Ribbon.tsx"
import { TokenChart } from "./TokenChart.tsx"
import { TokenTable } from "./TokenTable.tsx"
import "./tokens.css"

export type Measure = "logprob" | "nll" | "rank"

/** One selection in one trace (pair), shown as ribbon, chart, table and inspector. */
export interface Selection {
  readonly view: TokenView
  readonly labels: readonly string[]
  /** Which arm each side is: it has that arm's colour. */
  readonly arms: readonly number[]
  readonly measure: Measure
  readonly part: Part
  /** Positions [low, high) of the part. */
  readonly low: number
  readonly high: number
  readonly position: number
  readonly select: (position: number) => void
}

interface TokenPanelProps {
  readonly view: TokenView
  readonly labels: readonly string[]
  readonly arms: readonly number[]
  readonly picker: ComponentChildren
  /** Where the comparison says that this case parts. */
  readonly divergence: Divergence | null
}

const measures = [
  { value: "logprob", label: "logprob" },
  { value: "nll", label: "NLL" },
  { value: "rank", label: "rank" }
] as const

const useSelection = ({ view, labels, arms, divergence }: TokenPanelProps): Selection => {
  const asked = query.value
  const given = asked.get("pos")
  const wanted = given === null ? (divergence?.position ?? null) : Number(given)
  const chosenPart = asked.get("part") ?? (wanted !== null && wanted >= view.promptLength ? "output" : "input")
  const part: Part = chosenPart === "output" && view.length > view.promptLength ? "output" : "input"
  const low = part === "input" ? 0 : view.promptLength
  const high = part === "input" ? Math.max(1, view.promptLength) : view.length
  void view.version.value
  const start = wanted ?? view.worst(low, Math.min(high, low + 2048)) ?? low
  const position = Math.min(high - 1, Math.max(low, Number.isFinite(start) ? start : low))
  const asMeasure = asked.get("view")
  return {
    view,
    labels,
    arms,
    part,
    low,
    high,
    position,
    measure: asMeasure === "nll" || asMeasure === "rank" ? asMeasure : "logprob",
    select: (next) => setQuery({ pos: String(Math.min(high - 1, Math.max(low, next))) })
  }
}

export const TokenPanel = (props: TokenPanelProps) => {
  const { view, picker, divergence } = props
  const selection = useSelection(props)
  const { position, low, high, part, measure, select } = selection
  const zoom = useMemo(() => signal<readonly [number, number] | null>(null), [view, part])
  useEffect(() => {
    void view.ensure(Math.max(low, position - 16), Math.min(high, position + 16))
    // Where the sides have other leading tokens, the first rows tell by how much they are shifted.
    if (view.sides.length > 1) void view.ensure(low, Math.min(high, low + 64))
    void view.ensureTop(position)
  }, [view, low, high, position])

  const find = async (step: 1 | -1) => {
    const found = await view.find(position, step, low, high)
    if (found === null)
      notify(
        `No ${step === 1 ? "later" : "earlier"} position ${view.sides.length > 1 ? "over tolerance" : "of surprise"}`
      )
    else select(found)
  }
  useKeys([
    { key: "]", does: "next position that stands out", run: () => void find(1) },
    { key: "[", does: "previous position that stands out", run: () => void find(-1) },
    { key: "j", does: "next position", run: () => select(position + 1) },
    { key: "k", does: "previous position", run: () => select(position - 1) }
  ])

  const problem = view.sides.map((side) => side.problem.value).find((one) => one !== null)
  return (
    <section class="card" id="tokens" aria-labelledby="tokens-title">
      <div class="card-head">
        <h2 id="tokens-title">Tokens</h2>
        {picker}
        {view.shift() !== 0 && <ShiftNote selection={selection} />}
        <span class="push spread">
          <Segments
            label="Measure"
            choices={measures}
            value={measure}
            onChoose={(value) => setQuery({ view: value === "logprob" ? null : value })}
          />
          {view.length > view.promptLength && (
            <Segments
              label="Part"
              choices={[
                { value: "input", label: "input" },
                { value: "output", label: "output" }
              ]}
              value={part}
              onChoose={(value) => setQuery({ part: value, pos: null })}
            />
          )}
          <span class="faint nowrap">{view.sides.length > 1 ? "next over tolerance" : "next surprise"}</span>
          <button type="button" onClick={() => void find(-1)} aria-label="Previous position that stands out">
            <kbd>[</kbd>
          </button>
          <button type="button" onClick={() => void find(1)} aria-label="Next position that stands out">
            <kbd>]</kbd>
          </button>
        </span>
      </div>
      {problem && <ProblemBox problem={problem} onRetry={() => void view.ensure(low, high)} />}
      <div class="token-grid">
        <div class="token-main">
          <Ribbon selection={selection} />
          <TokenChart selection={selection} zoom={zoom} />
          <TokenTable selection={selection} />
        </div>
        <Inspector selection={selection} divergence={divergence} />
      </div>
    </section>
  )
}

const ShiftNote = ({ selection: { view, labels } }: { selection: Selection }) => (
  <span class="note">
    aligned: {labels[view.shift() > 0 ? 1 : 0]} has {plural(Math.abs(view.shift()), "more leading token")}
  </span>
)

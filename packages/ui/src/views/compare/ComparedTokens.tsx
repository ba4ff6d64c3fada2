import type { ComparedPair, Comparison, Run } from "@sglang-studio/core/domain"
import { useMemo } from "preact/hooks"
import { plural } from "../../base/format.ts"
import { lastOf } from "../../model/load.ts"
import { runById } from "../../model/runs.ts"
import { createTokenView } from "../../model/tokenView.ts"
import { tracePages } from "../../model/tracePages.ts"
import { ProblemBox, Skeleton } from "../../parts/States.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { TokenPanel } from "../tokens/TokenPanel.tsx"
import { OutputDiff } from "./OutputDiff.tsx"
import { PairPicker } from "./PairPicker.tsx"
import { partedArm, placeOf } from "./partedArm.ts"

/** The cases in the order in which they are worth a look: explained divergences, then prompts, then scores, each worst first. */
const inOrder = ({ pairs, divergences }: Comparison): readonly ComparedPair[] => {
  const place = (pair: ComparedPair): number => {
    const at = divergences.findIndex((one) => one.case === pair.case && one.position !== null)
    return at >= 0 ? at : divergences.length + (pair.kind === "generate" ? 0 : 1)
  }
  return pairs.toSorted((a, b) => place(a) - place(b) || (b.maxAbsDelta ?? 0) - (a.maxAbsDelta ?? 0))
}

export const ComparedTokens = ({ comparison }: { comparison: Comparison }) => {
  const pairs = useMemo(() => inOrder(comparison).filter((pair) => pair.kind !== "benchmark"), [comparison])
  const pair = pairs.find((one) => one.case === query.value.get("case")) ?? pairs[0]
  if (pair === undefined) return null
  const candidate = Math.min(comparison.arms.length - 1, Math.max(1, askedArm() ?? armApart(comparison, pair)))
  const ids = [pair.runIds[0] ?? null, pair.runIds[candidate] ?? null]
  const loads = ids.map((id) => (id === null ? null : runById(id)))
  const failed = loads.map((one) => one?.load.value).find((load) => load?.state === "failed")
  const runs = loads.map((one) => (one === null ? null : lastOf(one.load.value)))
  const pickers = (
    <>
      <PairPicker
        label="Case"
        pairs={pairs}
        value={pair.case}
        onChoose={(value) => setQuery(placeOf(value, null, comparison.arms), "push")}
      />
      {comparison.arms.length > 2 && (
        <Segments
          label="Candidate"
          choices={comparison.arms.slice(1).map((arm, index) => ({ value: String(index + 1), label: arm.label }))}
          value={String(candidate)}
          onChoose={(value) => setQuery({ arm: value, pos: null })}
        />
      )}
    </>
  )
  const [left = null, right = null] = runs
  if (left === null || right === null) {
    return (
      <section class="card" id="tokens">
        <div class="card-head">
          <h2>Tokens</h2>
          {pickers}
        </div>
        {failed?.state === "failed" ? (
          <ProblemBox problem={failed.error} onRetry={() => loads.forEach((one) => void one?.refresh())} />
        ) : ids.includes(null) ? (
          <p class="card-body muted">One side has no run of this case.</p>
        ) : (
          <Skeleton lines={8} />
        )}
      </section>
    )
  }
  return (
    <PairTokens
      key={`${left.id} ${right.id}`}
      comparison={comparison}
      pair={pair}
      left={left}
      right={right}
      candidate={candidate}
      pickers={pickers}
    />
  )
}

const askedArm = (): number | null => Number(query.value.get("arm")) || null

/** The candidate that parts, where the comparison says so. */
const armApart = ({ divergences, arms }: Comparison, pair: ComparedPair): number => {
  const own = divergences.filter((one) => one.case === pair.case)
  const first = own.find((one) => one.position !== null) ?? own[0]
  return (first === undefined ? null : partedArm(first, arms)) ?? 1
}

interface PairTokensProps {
  readonly comparison: Comparison
  readonly pair: ComparedPair
  readonly left: Run
  readonly right: Run
  readonly candidate: number
  readonly pickers: preact.ComponentChildren
}

const PairTokens = ({ comparison, pair, left, right, candidate, pickers }: PairTokensProps) => {
  const shared = left.traces.filter((trace) => right.traces.some((other) => other.case === trace.case))
  const trace = shared.find((one) => one.case === query.value.get("trace")) ?? shared[0]
  const other = right.traces.find((one) => one.case === trace?.case)
  const tolerance = comparison.parity?.tolerance.value ?? null
  const view = useMemo(
    () =>
      trace === undefined || other === undefined
        ? null
        : createTokenView([tracePages(left, trace), tracePages(right, other)], tolerance),
    [left.id, right.id, trace?.case, tolerance]
  )
  const picker = (
    <>
      {pickers}
      {shared.length > 1 && trace !== undefined && (
        <select
          class="picker"
          aria-label="Item"
          value={trace.case}
          onChange={(event) => setQuery({ trace: event.currentTarget.value, pos: null }, "push")}
        >
          {shared.map((one) => (
            <option key={one.case} value={one.case}>
              {one.case} {"\u00b7"} {plural(one.length, "token")}
            </option>
          ))}
        </select>
      )}
    </>
  )
  if (view === null) {
    return (
      <section class="card" id="tokens">
        <div class="card-head">
          <h2>Tokens</h2>
          {picker}
        </div>
        <p class="card-body muted">No token trace was recorded on both sides of this case.</p>
      </section>
    )
  }
  const own = comparison.divergences.filter(
    (one) => one.case === pair.case && (partedArm(one, comparison.arms) ?? candidate) === candidate
  )
  const divergence = own.find((one) => one.evidence["trace"] === trace?.case) ?? own[0] ?? null
  const labels = [comparison.arms[0]?.label ?? "", comparison.arms[candidate]?.label ?? ""]
  return (
    <>
      <TokenPanel view={view} labels={labels} arms={[0, candidate]} picker={picker} divergence={divergence} />
      {pair.kind === "generate" && <OutputDiff left={left} right={right} labels={labels} candidate={candidate} />}
    </>
  )
}

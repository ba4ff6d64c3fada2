import type { ComparedPair, Comparison, Run, ScoreResult } from "@sglang-studio/core/domain"
import { plural, significant } from "../../base/format.ts"
import { descendingRanks } from "../../base/ranks.ts"
import { sideOf } from "../../base/sides.ts"
import { tokenText } from "../../base/tokenText.ts"
import { lastOf } from "../../model/load.ts"
import { runById } from "../../model/runs.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { ProblemBox, Skeleton } from "../../parts/States.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { Cause } from "../tokens/Cause.tsx"
import { PairPicker } from "./PairPicker.tsx"
import { ScoreRows } from "./ScoreRows.tsx"

/** The score requests: rank and score of every item on each side, in its batch and alone. */
export const ScorePanel = ({
  comparison,
  pairs: given
}: {
  comparison: Comparison
  pairs: readonly ComparedPair[]
}) => {
  const pairs = given.toSorted(
    (a, b) => Number(b.rankFlip) - Number(a.rankFlip) || (b.maxAbsDelta ?? 0) - (a.maxAbsDelta ?? 0)
  )
  const flips = pairs.filter((pair) => pair.rankFlip)
  const onlyFlips = query.value.get("scores") !== "all" && flips.length > 0
  const listed = onlyFlips ? flips : pairs
  const pair = pairs.find((one) => one.case === query.value.get("request")) ?? listed[0]
  if (pair === undefined) return null
  const divergence = comparison.divergences.find((one) => one.case === pair.case && one.position === null)
  return (
    <section class="card" id="scores" aria-labelledby="scores-title">
      <div class="card-head">
        <h2 id="scores-title">Scores</h2>
        <PairPicker
          label="Score request"
          pairs={listed.includes(pair) ? listed : [pair, ...listed]}
          value={pair.case}
          onChoose={(request) => setQuery({ request })}
        />
        {flips.length > 0 && (
          <span class="push">
            <Segments
              label="Requests"
              choices={[
                { value: "flips", label: `${flips.length} flipped` },
                { value: "all", label: `all ${pairs.length}` }
              ]}
              value={onlyFlips ? "flips" : "all"}
              onChoose={(value) => setQuery({ scores: value === "all" ? "all" : null, request: null })}
            />
          </span>
        )}
      </div>
      <OneRequest pair={pair} labels={comparison.arms.map((arm) => arm.label)} />
      {divergence !== undefined && (
        <div class="card-body divided">
          <Cause divergence={divergence} />
        </div>
      )}
    </section>
  )
}

const OneRequest = ({ pair, labels }: { pair: ComparedPair; labels: readonly string[] }) => {
  const loads = pair.runIds.map((id) => (id === null ? null : runById(id)))
  const failed = loads.map((one) => one?.load.value).find((load) => load?.state === "failed")
  if (failed?.state === "failed")
    return <ProblemBox problem={failed.error} onRetry={() => loads.forEach((one) => void one?.refresh())} />
  const runs = loads.map((one) => (one === null ? null : lastOf(one.load.value)))
  if (runs.some((run, index) => run === null && loads[index] !== null)) return <Skeleton lines={4} />
  const scores = runs.map((run) => run?.score ?? null)
  const shown = scores.find((score) => score !== null)
  if (shown === undefined || shown === null)
    return <p class="card-body muted">Neither side gave scores for this request.</p>
  return (
    <>
      <Asked run={runs.find((run) => run !== null) ?? null} score={shown} />
      <ScoreRows labels={labels} scores={scores} items={shown.items} />
      <OneByOneLine scores={scores} labels={labels} />
    </>
  )
}

const Asked = ({ run, score }: { run: Run | null; score: ScoreResult }) => {
  const asked = run !== null && "score" in run.request ? run.request.score : null
  const label = score.labels[0]
  return (
    <p class="asked muted">
      <span class="cut" title={typeof asked?.query === "string" ? asked.query : undefined}>
        {typeof asked?.query === "string"
          ? `\u201c${asked.query.trim()}\u201d`
          : asked === null
            ? ""
            : plural(asked.query.length, "query token")}
      </span>
      {label !== undefined && (
        <span class="nowrap">
          p(<span class="token">{tokenText(label.text, label.id)}</span>){label.text !== null && ` id ${label.id}`}
          {asked?.applySoftmax && score.labels.length > 1 && ` over ${score.labels.length} labels`}
        </span>
      )}
    </p>
  )
}

/** Whether a score depends on what it was sent with: each side against itself, then the sides against each other. */
const OneByOneLine = ({ scores, labels }: { scores: readonly (ScoreResult | null)[]; labels: readonly string[] }) => {
  const [left = null, right = null] = scores
  const across = left?.oneByOne && right?.oneByOne ? largest(left.oneByOne, right.oneByOne) : null
  const within = scores.map((score) => (score?.oneByOne ? largest(score.scores, score.oneByOne) : null))
  if (across === null && within.every((value) => value === null)) return null
  return (
    <p class="one-by-one">
      {across !== null && (
        <span>
          sent one by one they agree to <strong title={String(across)}>{significant(across)}</strong>
        </span>
      )}
      {within.map(
        (value, index) =>
          value !== null && (
            <span key={index}>
              <span class={`${sideOf(index)} side-ink`}>{labels[index]}</span> batch against one by one{" "}
              <span class="mono" title={String(value)}>
                {significant(value)}
              </span>
            </span>
          )
      )}
      {ranksDiffer(left?.scores, right?.scores) && <Badge kind="fail" text="order differs in the batch" />}
      {left?.oneByOne && right?.oneByOne && !ranksDiffer(left.oneByOne, right.oneByOne) && (
        <Badge kind="pass" text="same order one by one" />
      )}
    </p>
  )
}

const largest = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
  Math.max(0, ...a.flatMap((row, item) => row.map((value, label) => Math.abs(value - (b[item]?.[label] ?? value)))))

const ranksDiffer = (a: ScoreResult["scores"] | undefined, b: ScoreResult["scores"] | undefined): boolean => {
  if (a === undefined || b === undefined) return false
  const [left, right] = [a, b].map((rows) => descendingRanks(rows.map((row) => row[0] ?? 0)).join())
  return left !== right
}

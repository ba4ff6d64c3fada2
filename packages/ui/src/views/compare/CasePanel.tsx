import type { ComparedPair, Comparison, Divergence } from "@sglang-studio/core/domain"
import { causeMeaning } from "../../base/causes.ts"
import { evidenceText } from "../../base/evidence.ts"
import { aligned } from "../../base/format.ts"
import { Badge } from "../../parts/Badge.tsx"
import { MetricName } from "../../parts/MetricName.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { Unbroken } from "../../parts/Unbroken.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { jump } from "./jump.ts"
import { placeOf } from "./partedArm.ts"

interface Row {
  readonly pair: ComparedPair
  readonly divergence: Divergence | null
}

const most = 60

/** Every case with how far its sides are apart and why; a row opens the case below. */
export const CasePanel = ({ comparison }: { comparison: Comparison }) => {
  const { pairs, divergences } = comparison
  const rows = pairs
    .filter((pair) => pair.kind !== "benchmark")
    .map((pair): Row => ({ pair, divergence: divergences.find((one) => one.case === pair.case) ?? null }))
  const apart = rows.filter(parts)
  const onlyApart = query.value.get("cases") !== "all" && apart.length > 0
  const byName = query.value.get("sort") === "name"
  const shown = (onlyApart ? apart : rows).toSorted((a, b) =>
    byName ? a.pair.case.localeCompare(b.pair.case) : Number(parts(b)) - Number(parts(a)) || badness(b) - badness(a)
  )
  if (rows.length < 2) return null
  return (
    <section class="card" id="cases" aria-labelledby="cases-title">
      <div class="card-head">
        <h2 id="cases-title">Cases</h2>
        <span class="note">{apart.length === 0 ? "none parts" : `${apart.length} of ${rows.length} part`}</span>
        <span class="push spread">
          <Segments
            label="Order"
            choices={[
              { value: "worst", label: "worst first" },
              { value: "name", label: "by name" }
            ]}
            value={byName ? "name" : "worst"}
            onChoose={(value) => setQuery({ sort: value === "name" ? "name" : null })}
          />
          {apart.length > 0 && (
            <Segments
              label="Cases"
              choices={[
                { value: "apart", label: "differences only" },
                { value: "all", label: `all ${rows.length}` }
              ]}
              value={onlyApart ? "apart" : "all"}
              onChoose={(value) => setQuery({ cases: value === "all" ? "all" : null })}
            />
          )}
        </span>
      </div>
      <div class="scroll-y case-rows" tabIndex={0} role="region" aria-label="Cases of this comparison">
        <table class="rows">
          <thead>
            <tr>
              <th>case</th>
              <th class="number">
                <MetricName name="max_abs_delta_logprob" label={"max |\u0394|"}>
                  <p>Of a score request: the largest difference of its scores.</p>
                  <p>Of a case that one side answers otherwise when it is sent again: that difference.</p>
                </MetricName>
              </th>
              <th>cause</th>
              <th>what says so</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row) => (
              <CaseRow key={row.pair.case} row={row} arms={comparison.arms} />
            ))}
          </tbody>
        </table>
        {shown.length > most && (
          <p class="card-body faint">
            The first {most} are listed; the pickers below have all {shown.length}.
          </p>
        )}
      </div>
    </section>
  )
}

const parts = ({ pair, divergence }: Row): boolean => divergence !== null || pair.rankFlip

/** The size that stands in the row; what has none could not even be compared. */
const badness = ({ pair, divergence }: Row): number => sizeOf(pair, divergence) ?? Number.MAX_VALUE

/** How far the sides are apart, or one side from itself. */
const sizeOf = ({ maxAbsDelta }: ComparedPair, divergence: Divergence | null): number | null => {
  const own = divergence?.evidence["max_abs_delta"]
  return typeof own === "number" ? Math.max(own, maxAbsDelta ?? 0) : maxAbsDelta
}

const CaseRow = ({ row: { pair, divergence }, arms }: { row: Row; arms: Comparison["arms"] }) => {
  const size = sizeOf(pair, divergence)
  const isScore = pair.kind === "score" && divergence?.position == null
  const open = jump(
    isScore ? "scores" : "tokens",
    isScore ? { request: pair.case, scores: "all" } : placeOf(pair.case, divergence, arms)
  )
  return (
    <tr>
      <th scope="row" class="case-name">
        <a class="case-link" href={isScore ? "#scores" : "#tokens"} onClick={open}>
          {pair.case}
          {divergence?.position != null && <span class="faint"> at {divergence.position}</span>}
        </a>
        {pair.rankFlip && <Badge kind="fail" text="order changes" />}
      </th>
      <td class="number mono" title={size === null ? "not comparable" : String(size)}>
        {size === null ? "\u2014" : aligned(size)}
      </td>
      <td class="nowrap" title={divergence === null ? undefined : causeMeaning(divergence.cause)}>
        {divergence === null ? (
          <span class="faint">{"\u2014"}</span>
        ) : (
          <Badge kind={divergence.cause === "near-tie" ? "inconclusive" : "fail"} text={divergence.cause} />
        )}
      </td>
      <td class="muted case-evidence">
        {divergence !== null && <Unbroken text={evidenceText(divergence) || causeMeaning(divergence.cause)} />}
      </td>
    </tr>
  )
}

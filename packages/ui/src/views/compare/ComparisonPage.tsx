import type { Comparison } from "@sglang-studio/core/domain"
import { comparisonById } from "../../model/comparisons.ts"
import { moment } from "../../base/time.ts"
import { Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { ArmsBar } from "./ArmsBar.tsx"
import { CasePanel } from "./CasePanel.tsx"
import { ComparabilityLine } from "./ComparabilityLine.tsx"
import { ComparedTokens } from "./ComparedTokens.tsx"
import { ComparisonContext } from "./comparisonContext.ts"
import { ConfigDiff } from "./ConfigDiff.tsx"
import { DeltaCards } from "./DeltaCards.tsx"
import { MetricTable } from "./MetricTable.tsx"
import { ProtocolPanel } from "./ProtocolPanel.tsx"
import { ScorePanel } from "./ScorePanel.tsx"
import { VerdictBlock } from "./VerdictBlock.tsx"

export const ComparisonPage = ({ id }: { id: string }) => {
  const comparison = comparisonById(id)
  const load = comparison.load.value
  return load.state === "ready" ? (
    <Whole comparison={load.value} />
  ) : (
    <Pending id={id}>
      <section class="card">
        <Loading load={load} onRetry={() => void comparison.refresh()} lines={9}>
          {() => null}
        </Loading>
      </section>
    </Pending>
  )
}

const Pending = ({ id, children }: { id: string; children: preact.ComponentChildren }) => {
  useCrumbs({ trail: [{ text: "Compare", href: "/compare" }], title: id })
  return <>{children}</>
}

const Whole = ({ comparison }: { comparison: Comparison }) => {
  useCrumbs({
    trail: [{ text: "Compare", href: "/compare" }],
    title: comparison.arms.map((arm) => arm.label).join(" \u2192 "),
    note: moment(comparison.createdAt)
  })
  const scorePairs = comparison.pairs.filter((pair) => pair.kind === "score")
  // Changed rankings are what a reader has come for: they stand within the first screen.
  const flips = comparison.verdict.outcome === "fail" && (comparison.scores?.rankFlips ?? 0) > 0
  return (
    <ComparisonContext.Provider value={comparison}>
      <ArmsBar comparison={comparison} />
      <ComparabilityLine comparison={comparison} />
      <VerdictBlock comparison={comparison} />
      <DeltaCards comparison={comparison} />
      {flips && <Scores comparison={comparison} pairs={scorePairs} />}
      <ProtocolPanel comparison={comparison} />
      <CasePanel comparison={comparison} />
      <ComparedTokens comparison={comparison} />
      {!flips && <Scores comparison={comparison} pairs={scorePairs} />}
      {comparison.metrics.length > 0 && <MetricTable comparison={comparison} />}
    </ComparisonContext.Provider>
  )
}

const Scores = ({ comparison, pairs }: { comparison: Comparison; pairs: Comparison["pairs"] }) => (
  <div class={pairs.length === 0 ? "" : comparison.arms.length > 2 ? "stacked" : "two-up"}>
    {pairs.length > 0 && <ScorePanel comparison={comparison} pairs={pairs} />}
    <ConfigDiff comparison={comparison} />
  </div>
)

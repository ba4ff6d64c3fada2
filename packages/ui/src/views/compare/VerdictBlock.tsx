import type { Comparison } from "@sglang-studio/core/domain"
import { prose } from "../../base/prose.ts"
import { sideOf } from "../../base/sides.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Unbroken } from "../../parts/Unbroken.tsx"
import { GateList } from "./GateList.tsx"
import { jump } from "./jump.ts"
import { placeOf } from "./partedArm.ts"
import "./compare.css"

/** The verdict in one sentence, what it rests on, and the gates with their reasons. */
export const VerdictBlock = ({ comparison }: { comparison: Comparison }) => {
  const { verdict } = comparison
  return (
    <section class="card verdict" aria-labelledby="verdict-sentence">
      <div class="verdict-main">
        <Badge kind={verdict.outcome} loud />
        <h2 class="verdict-sentence" id="verdict-sentence">
          <Sentence text={verdict.sentence} labels={comparison.arms.map((arm) => arm.label)} />
        </h2>
        <div class="evidence-links">
          <EvidenceLinks comparison={comparison} />
          {verdict.reasons.length > 0 && (
            <details id="reasons">
              <summary class="link">How this verdict was made</summary>
              <ul class="reasons">
                {verdict.reasons.map((reason, index) => (
                  <li key={index}>
                    <code class="tag">{reason.code}</code> <Unbroken text={prose(reason.message)} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
      <GateList comparison={comparison} />
    </section>
  )
}

/** The sentence with every arm named in its colour. */
export const Sentence = ({ text, labels }: { text: string; labels: readonly string[] }) => {
  const byLength = labels
    .map((label, arm) => ({ label, arm }))
    // In a sentence that one is a word.
    .filter(({ label }) => label !== "a")
    .toSorted((a, b) => b.label.length - a.label.length)
  const escaped = byLength.map(({ label }) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  const whole = prose(text)
  if (escaped.length === 0) return <Unbroken text={whole} />
  const parts = whole.split(new RegExp(`(?<![\\w-])(${escaped.join("|")})(?![\\w-])`))
  return (
    <>
      {parts.map((part, index) => {
        const arm = index % 2 === 1 ? byLength.find(({ label }) => label === part)?.arm : undefined
        return arm === undefined ? (
          <Unbroken key={index} text={part} />
        ) : (
          <span key={index} class={`mono-name ${sideOf(arm)} side-ink`}>
            {part}
          </span>
        )
      })}
    </>
  )
}

const EvidenceLinks = ({
  comparison: { scores, divergences, parity, metrics, pairs, arms }
}: {
  comparison: Comparison
}) => {
  const worst = divergences.find((one) => one.position !== null)
  const flipped = pairs.find((pair) => pair.rankFlip)
  return (
    <>
      {flipped !== undefined && (
        <a class="link" href="#scores" onClick={jump("scores", { request: flipped.case })}>
          {scores !== null && scores.rankFlips > 1 ? "The flipped rankings" : "The flipped ranking"}
        </a>
      )}
      {worst !== undefined && (
        <a class="link" href="#tokens" onClick={jump("tokens", placeOf(worst.case, worst, arms))}>
          Worst position, {worst.position}
        </a>
      )}
      {worst === undefined && parity !== null && (
        <a class="link" href="#tokens" onClick={jump("tokens", {})}>
          Token by token
        </a>
      )}
      {metrics.length > 0 && (
        <a class="link" href="#metrics" onClick={jump("metrics", {})}>
          All metrics
        </a>
      )}
    </>
  )
}

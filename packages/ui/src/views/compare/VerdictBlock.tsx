import type { Comparison, GateResult, Verdict } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { Badge } from "../../parts/Badge.tsx"
import { jump } from "./jump.ts"
import "./compare.css"

/** The verdict in one sentence, what it rests on, and the gates with their reasons. */
export const VerdictBlock = ({ comparison }: { comparison: Comparison }) => {
  const { verdict, gates } = comparison
  return (
    <section class="card verdict" aria-labelledby="verdict-sentence">
      <div class="verdict-main">
        <Badge kind={verdict.outcome} loud />
        <h2 class="verdict-sentence" id="verdict-sentence">
          <Sentence text={verdict.sentence} labels={comparison.arms.map((arm) => arm.label)} />
        </h2>
        {verdict.wouldDecide !== null && <p class="muted">Would decide: {verdict.wouldDecide}</p>}
        <div class="evidence-links">
          <EvidenceLinks comparison={comparison} />
          {verdict.reasons.length > 0 && (
            <details id="reasons">
              <summary class="link">How this verdict was made</summary>
              <ul class="reasons">
                {verdict.reasons.map((reason, index) => (
                  <li key={index}>
                    <code class="tag">{reason.code}</code> {reason.message}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
      <ul class="gates" aria-label="Gates">
        {gates.map((gate) => (
          <li key={gate.name}>
            <Badge kind={gate.outcome} text={gate.outcome === "inconclusive" ? "inconcl." : gate.outcome} />
            <span class="gate-name">{gateName(gate.name)}</span>
            <span
              class="gate-reason muted"
              title={gate.value === null ? undefined : `value ${gate.value}, margin ${gate.margin}`}
            >
              {gateReason(gate, verdict)}
            </span>
          </li>
        ))}
        {gates.length === 0 && <li class="faint">No gate could be applied.</li>}
      </ul>
    </section>
  )
}

const gateName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ")

/** A gate names its reason by the code of a reason of the verdict, of several with that code by the one on this gate. */
const gateReason = (gate: GateResult, verdict: Verdict): string => {
  const alike = verdict.reasons.filter((reason) => reason.code === gate.reason)
  const said =
    (alike.find((reason) => reason.evidence["gate"] === gate.name) ?? alike[0])?.message ??
    (/^[a-z-]+$/.test(gate.reason) ? gate.reason.replaceAll("-", " ") : gate.reason)
  const runs = gate.moreRunsNeeded
  return runs !== null && runs > 0 && !said.includes("more run")
    ? `${said} \u00b7 ${plural(runs, "more run decides", "more runs decide")}`
    : said
}

/** The sentence with every arm named in its colour. */
export const Sentence = ({ text, labels }: { text: string; labels: readonly string[] }) => {
  const byLength = labels
    .map((label, arm) => ({ label, arm }))
    // In a sentence that one is a word.
    .filter(({ label }) => label !== "a")
    .toSorted((a, b) => b.label.length - a.label.length)
  const escaped = byLength.map(({ label }) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  // A line must not end within `1.2e-6`.
  const whole = text.replace(/(\de-)(\d)/g, "$1\u2060$2")
  if (escaped.length === 0) return <>{whole}</>
  const parts = whole.split(new RegExp(`(?<![\\w-])(${escaped.join("|")})(?![\\w-])`))
  return (
    <>
      {parts.map((part, index) => {
        const arm = index % 2 === 1 ? byLength.find(({ label }) => label === part)?.arm : undefined
        return arm === undefined ? (
          part
        ) : (
          <span key={index} class={`mono-name ${sideOf(arm)} side-ink`}>
            {part}
          </span>
        )
      })}
    </>
  )
}

const EvidenceLinks = ({ comparison: { scores, divergences, parity, metrics, pairs } }: { comparison: Comparison }) => {
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
        <a
          class="link"
          href="#tokens"
          onClick={jump("tokens", { case: worst.case, pos: String(worst.position), trace: null, part: null })}
        >
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

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
            <GateName name={gate.name} labels={comparison.arms.map((arm) => arm.label)} />
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

/** `score-parity:jax` is what the gate looks at, and of several candidates whom. */
const splitGate = (name: string): readonly [subject: string, arm: string | null] => {
  const colon = name.indexOf(":")
  return colon < 0 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)]
}

const GateName = ({ name, labels }: { name: string; labels: readonly string[] }) => {
  const [subject, label] = splitGate(name)
  const arm = label === null ? -1 : labels.indexOf(label)
  return (
    <span class="gate-name">
      {subject.charAt(0).toUpperCase() + subject.slice(1).replaceAll("-", " ")}
      {label !== null && (
        <span class={`gate-arm small-text ${arm < 0 ? "muted" : `${sideOf(arm)} side-ink`}`}>{label}</span>
      )}
    </span>
  )
}

/** A gate names its reason by the code of a reason of the verdict, of several with that code by the one on this gate. */
const gateReason = (gate: GateResult, verdict: Verdict): string => {
  const alike = verdict.reasons.filter((reason) => reason.code === gate.reason)
  const on = (reason: Verdict["reasons"][number]): string => String(reason.evidence["gate"] ?? "")
  const [subject] = splitGate(gate.name)
  const said =
    // What gates of one kind say in the same words is told once, under the name of one of them.
    (
      alike.find((reason) => on(reason) === gate.name) ??
      alike.find((reason) => splitGate(on(reason))[0] === subject) ??
      alike[0]
    )?.message ?? (/^[a-z-]+$/.test(gate.reason) ? gate.reason.replaceAll("-", " ") : gate.reason)
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

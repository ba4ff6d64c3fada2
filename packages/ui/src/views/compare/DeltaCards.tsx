import type { Comparison } from "@sglang-studio/core/domain"
import { Fragment } from "preact"
import { significant } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { IntervalPlot } from "../../charts/IntervalPlot.tsx"
import { MetricName } from "../../parts/MetricName.tsx"
import type { DeltaCard } from "./DeltaCard.ts"
import { deltaCards } from "./deltaCards.ts"

const tones = { good: "good", bad: "bad", plain: "muted" } as const

export const DeltaCards = ({ comparison }: { comparison: Comparison }) => {
  const cards = deltaCards(comparison)
  if (cards.length === 0) return null
  return (
    <section class="card delta-cards" aria-label="Figures">
      {cards.map((card) => (
        <Card key={card.label} card={card} arms={comparison.arms} />
      ))}
    </section>
  )
}

const Card = ({
  card: { name, label, arm, value, exact, remark, plot, strip, foot },
  arms
}: {
  card: DeltaCard
  arms: Comparison["arms"]
}) => (
  <div class="delta-card">
    <h3>
      <MetricName name={name}>
        <p class="faint mono">{exact}</p>
      </MetricName>
      {arm !== null && <span class={`card-arm ${sideOf(arm)} side-ink`}>{arms[arm]?.label}</span>}
    </h3>
    <p class="delta-value">
      <strong title={exact}>{value}</strong> {remark !== null && <span class={tones[remark.tone]}>{remark.text}</span>}
    </p>
    {plot !== null ? (
      <IntervalPlot {...plot} label={`${label} ${exact}, ${plot.tone ?? "not judged"}`} />
    ) : (
      <div class="delta-gap" aria-hidden="true">
        {strip !== null &&
          Array.from({ length: strip.total }, (_, index) => (
            <i key={index} class={index < strip.bad ? "strip-bad" : ""} />
          ))}
      </div>
    )}
    <p class="delta-foot muted">
      {typeof foot === "string"
        ? foot.split(" \u00b7 ").map((part, index) => (
            <Fragment key={part}>
              {index > 0 && " \u00b7 "}
              <span class="nowrap">{part}</span>
            </Fragment>
          ))
        : foot.arms.map((arm, index) => (
            <Fragment key={index}>
              {index > 0 && " \u2192 "}
              <span class={`${sideOf(index)} side-ink`} title={arm === null ? "not measured" : String(arm)}>
                {arm === null ? "\u2014" : significant(arm)}
              </span>
            </Fragment>
          ))}
      {typeof foot !== "string" && foot.unit !== "" && ` ${foot.unit}`}
    </p>
  </div>
)

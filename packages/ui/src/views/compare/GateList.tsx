import { definitionOf, splitMetric, type Comparison, type GateResult } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { statisticName } from "../../base/metricNames.ts"
import { prose } from "../../base/prose.ts"
import { sideOf } from "../../base/sides.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Unbroken } from "../../parts/Unbroken.tsx"

/** Gates that say the same of the same arm. */
interface Row {
  readonly subjects: string[]
  readonly arm: string | null
  readonly gate: GateResult
  readonly reason: string
}

const order = ["fail", "inconclusive", "pass"] as const

/** Every gate with its reason: what fails first, and what several gates say in the same words once. */
export const GateList = ({ comparison: { gates, arms } }: { comparison: Comparison }) => {
  const labels = arms.map((arm) => arm.label)
  return (
    <ul class="gates" aria-label="Gates">
      {rowsOf(gates).map(({ subjects, arm, gate, reason }) => (
        <li key={gate.name} class={subjects.length > 1 ? "several" : ""}>
          <Badge kind={gate.outcome} text={gate.outcome === "inconclusive" ? "inconcl." : gate.outcome} />
          <span class="gate-name">
            {titleOf(subjects)}
            {arm !== null && (
              <span
                class={`gate-arm small-text ${labels.includes(arm) ? `${sideOf(labels.indexOf(arm))} side-ink` : "muted"}`}
              >
                {arm}
              </span>
            )}
          </span>
          <span
            class="gate-reason muted"
            title={
              gate.value === null || subjects.length > 1 ? undefined : `value ${gate.value}, margin ${gate.margin}`
            }
          >
            <Unbroken text={reason} />
          </span>
        </li>
      ))}
      {gates.length === 0 && <li class="faint">No gate could be applied.</li>}
    </ul>
  )
}

const rowsOf = (gates: readonly GateResult[]): readonly Row[] => {
  const rows = new Map<string, Row>()
  for (const gate of gates) {
    const [subject, arm] = splitGate(gate.name)
    const reason = reasonOf(gate)
    const key = `${gate.outcome} ${arm} ${reason}`
    const known = rows.get(key)
    if (known === undefined) rows.set(key, { subjects: [subject], arm, gate, reason })
    else known.subjects.push(subject)
  }
  return [...rows.values()].toSorted((a, b) => order.indexOf(a.gate.outcome) - order.indexOf(b.gate.outcome))
}

/** `score-parity:jax` is what the gate looks at, and of several candidates whom. */
const splitGate = (name: string): readonly [subject: string, arm: string | null] => {
  const colon = name.indexOf(":")
  return colon < 0 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)]
}

/** `TTFT P50, P95 · Throughput`: metrics by their names, their statistics together. */
const titleOf = (subjects: readonly string[]): string => {
  const titles = new Map<string, string[]>()
  for (const subject of subjects) {
    const { stem, statistic } = splitMetric(subject)
    const known = definitionOf(stem)
    const title = known?.label ?? subject.charAt(0).toUpperCase() + subject.slice(1).replaceAll("-", " ")
    const statistics = known === null || statistic === null ? [] : [statisticName(statistic)]
    titles.set(title, [...(titles.get(title) ?? []), ...statistics])
  }
  return [...titles].map(([title, statistics]) => [title, statistics.join(", ")].join(" ").trim()).join(" \u00b7 ")
}

/** An older gate has no words of its own. */
const reasonOf = ({ message, reason, moreRunsNeeded: runs }: GateResult): string => {
  const said = message === "" ? reason.replaceAll("-", " ") : message
  return prose(
    runs !== null && runs > 0 && !said.includes("more run")
      ? `${said}; ${plural(runs, "more run")} per side would decide`
      : said
  )
}

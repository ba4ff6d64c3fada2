import type { Campaign } from "@sglang-studio/core/domain"
import { useMemo } from "preact/hooks"
import { significant } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"
import { sideOf, type Side } from "../../base/sides.ts"
import type { Trail } from "../../charts/drawTrails.ts"
import { TrailPlot } from "../../charts/TrailPlot.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { candidateSide, gateOf, outcomeRank, type Lens, type Matrix, type MatrixRow } from "./matrix.ts"
import { latencyChoices, paretoOf } from "./pareto.ts"

interface ParetoPanelProps {
  readonly campaign: Campaign
  readonly lens: Lens
  readonly matrix: Matrix
}

/** What a row of the matrix gains in throughput, and what it pays in latency. */
export const ParetoPanel = ({ campaign, lens, matrix }: ParetoPanelProps) => {
  const latencies = latencyChoices(campaign)
  const latency = latencies.find((one) => one === query.value.get("latency")) ?? latencies[0]
  const row = matrix.rows.find((one) => one.key === query.value.get("row")) ?? worstRow(matrix.rows, lens.gate)
  const figure = row === undefined || latency === undefined ? null : paretoOf(row, latency, lens)
  const baseline = campaign.cells.find((cell) => cell.candidate === lens.candidate)?.baseline ?? ""
  const side = candidateSide(campaign, lens.candidate)
  const trails = useMemo(
    (): readonly Trail[] =>
      figure === null
        ? []
        : [
            { colour: "left", points: figure.baseline },
            { colour: side, points: figure.candidate.map((point) => ({ ...point, label: "" })) }
          ],
    [JSON.stringify(figure), side]
  )
  return (
    <section class="card" aria-labelledby="pareto-title">
      <div class="card-head">
        <h2 id="pareto-title">Throughput against latency</h2>
        {row !== undefined && matrix.rows.length > 1 && (
          <select
            class="picker push"
            aria-label="Row"
            value={row.key}
            onChange={(event) => setQuery({ row: event.currentTarget.value }, "push")}
          >
            {matrix.rows.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        )}
      </div>
      {figure === null || latency === undefined ? (
        <p class="card-body muted">No cell of this row has both a throughput and a latency yet.</p>
      ) : (
        <figure class="pareto">
          <figcaption class="muted spread">
            <select
              class="picker"
              aria-label="Latency"
              value={latency}
              onChange={(event) => setQuery({ latency: event.currentTarget.value }, "push")}
            >
              {latencies.map((name) => (
                <option key={name} value={name}>
                  {metricName(name).label}
                </option>
              ))}
            </select>
            {figure.y.unit}, by {metricName(figure.x.name).label.toLowerCase()} in {figure.x.unit}
            <span class="push spread">
              {figure.baseline.length > 0 && <SideName side={sideOf(0)} name={baseline} />}
              <SideName side={side} name={lens.candidate} />
            </span>
          </figcaption>
          <TrailPlot
            label={`${metricName(latency).label} by ${metricName(figure.x.name).label}, baseline and candidate`}
            height={270}
            trails={trails}
            xText={tick}
            yText={tick}
          />
          <p class="faint small-text">A bar is the interval of the change.</p>
        </figure>
      )}
    </section>
  )
}

const SideName = ({ side, name }: { side: Side; name: string }) => (
  <span class={`mono-name spread ${side} side-ink`}>
    <i class="dot" aria-hidden="true" /> {name}
  </span>
)

const tick = (value: number): string => significant(value, 3)

const worstRow = (rows: readonly MatrixRow[], gate: string): MatrixRow | undefined => {
  const rank = (row: MatrixRow) =>
    Math.min(
      3,
      ...row.cells.flatMap((cell) => (cell === null ? [] : outcomeRank[gateOf(cell, gate)?.outcome ?? "pass"]))
    )
  return rows.toSorted((a, b) => rank(a) - rank(b))[0]
}

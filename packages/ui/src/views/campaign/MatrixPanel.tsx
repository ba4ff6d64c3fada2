import type { Campaign } from "@sglang-studio/core/domain"
import { sideOf } from "../../base/sides.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { marginText, unitOf } from "./cellFigure.ts"
import { GateMultiples } from "./GateMultiples.tsx"
import { axesOf, candidateSide, gateOf, lensChoices, type Lens, type Matrix } from "./matrix.ts"
import { MatrixTable } from "./MatrixTable.tsx"

const shows = ["delta", "value", "n"] as const

/** Among the names of gates. */
const allGates = "(all gates)"

const showNames = { delta: "\u0394", value: "value", n: "n" } as const

interface MatrixPanelProps {
  readonly campaign: Campaign
  readonly lens: Lens
  readonly matrix: Matrix
}

/** One gate over the whole matrix, or all of them small; a cell opens its comparison. */
export const MatrixPanel = ({ campaign, lens, matrix }: MatrixPanelProps) => {
  const show = shows.find((one) => one === query.value.get("show")) ?? "delta"
  const choices = lensChoices(campaign)
  const every = query.value.get("every") === "1" && choices.gates.length > 1
  const axes = axesOf(campaign, lens.gate)
  const sample = campaign.cells.find((cell) => cell.candidate === lens.candidate)
  const judged = campaign.cells.flatMap((cell) => gateOf(cell, lens.gate) ?? [])[0]
  const margin = judged === undefined ? null : marginText(judged)
  return (
    <section class="card" aria-labelledby="matrix-title">
      <div class="card-head">
        <h2 id="matrix-title">
          {choices.gates.length > 1 ? (
            <Picker
              label="Gate"
              choices={[...choices.gates, allGates]}
              value={every ? allGates : lens.gate}
              onChoose={(gate) => setQuery(gate === allGates ? { every: "1" } : { gate, every: null }, "push")}
            />
          ) : (
            lens.gate || "Cells"
          )}
        </h2>
        <span class="note matrix-note">
          {!every && judged != null && judged.metric !== null && (
            <>
              <MetricName name={judged.metric} />
              {show === "value" && unitOf(judged.metric) !== "" && `, ${unitOf(judged.metric)}`} {"\u00b7"}{" "}
            </>
          )}
          {choices.candidates.length > 1 ? (
            <Picker
              label="Candidate"
              choices={choices.candidates}
              value={lens.candidate}
              onChoose={(candidate) => setQuery({ candidate }, "push")}
            />
          ) : (
            <span class={`mono-name ${candidateSide(campaign, lens.candidate)} side-ink`}>{lens.candidate}</span>
          )}
          {sample != null && sample.baseline !== null && (
            <>
              {" "}
              against <span class={`mono-name ${sideOf(0)} side-ink`}>{sample.baseline}</span>
            </>
          )}
          {!every && margin !== null && ` \u00b7 margin ${margin}`}
        </span>
        <span class="push spread">
          {axes.length > 1 && lens.columns !== null && (
            <label class="spread faint">
              columns{" "}
              <Picker
                label="Columns"
                choices={axes}
                value={lens.columns}
                onChoose={(columns) => setQuery({ columns }, "push")}
              />
            </label>
          )}
          {!every && (
            <Segments
              label="What a cell shows"
              choices={shows.map((value) => ({ value, label: showNames[value] }))}
              value={show}
              onChoose={(value) => setQuery({ show: value === "delta" ? null : value })}
            />
          )}
        </span>
      </div>
      <div class="scroll-x matrix-frame" tabIndex={0} role="region" aria-label="Matrix">
        {every ? (
          <GateMultiples campaign={campaign} lens={lens} />
        ) : (
          <MatrixTable campaign={campaign} lens={lens} matrix={matrix} show={show} />
        )}
        <p class="faint small-text matrix-key">
          <i class="outline confirmed" aria-hidden="true" /> slower, confirmed over all cells{" "}
          <i class="outline likely" aria-hidden="true" /> slower, likely {"\u00b7"} the stronger the colour, the larger
          the change
        </p>
      </div>
    </section>
  )
}

interface PickerProps {
  readonly label: string
  readonly choices: readonly string[]
  readonly value: string
  readonly onChoose: (choice: string) => void
}

const Picker = ({ label, choices, value, onChoose }: PickerProps) => (
  <select class="picker" aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
    {choices.map((choice) => (
      <option key={choice} value={choice}>
        {choice}
      </option>
    ))}
  </select>
)

import { cellKey, type Campaign, type CampaignCell } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { cellFigure, marginText, sidesText, unitOf } from "./cellFigure.ts"
import { axesOf, candidateSide, gateOf, lensChoices, pointWords, type Lens, type Matrix } from "./matrix.ts"
import { groupOf } from "./tally.ts"

const shows = ["delta", "value", "n"] as const

type Show = (typeof shows)[number]

const showNames = { delta: "\u0394", value: "value", n: "n" } as const

interface MatrixPanelProps {
  readonly campaign: Campaign
  readonly lens: Lens
  readonly matrix: Matrix
}

/** One gate over the whole matrix; a cell opens its comparison. */
export const MatrixPanel = ({ campaign, lens, matrix }: MatrixPanelProps) => {
  const show = shows.find((one) => one === query.value.get("show")) ?? "delta"
  const choices = lensChoices(campaign)
  const axes = axesOf(campaign, lens.gate)
  const sample = campaign.cells.find((cell) => cell.candidate === lens.candidate)
  const judged = campaign.cells.flatMap((cell) => gateOf(cell, lens.gate) ?? [])[0]
  const margin = judged === undefined ? null : marginText(judged)
  return (
    <section class="card" aria-labelledby="matrix-title">
      <div class="card-head">
        <h2 id="matrix-title">
          {choices.gates.length > 1 ? (
            <Picker label="Gate" name="gate" choices={choices.gates} value={lens.gate} />
          ) : (
            lens.gate || "Cells"
          )}
        </h2>
        <span class="note matrix-note">
          {judged != null && judged.metric !== null && (
            <>
              <MetricName name={judged.metric} />
              {show === "value" && unitOf(judged.metric) !== "" && `, ${unitOf(judged.metric)}`} {"\u00b7"}{" "}
            </>
          )}
          {choices.candidates.length > 1 ? (
            <Picker label="Candidate" name="candidate" choices={choices.candidates} value={lens.candidate} />
          ) : (
            <span class={`mono-name ${candidateSide(campaign, lens.candidate)} side-ink`}>{lens.candidate}</span>
          )}
          {sample != null && sample.baseline !== null && (
            <>
              {" "}
              against <span class={`mono-name ${sideOf(0)} side-ink`}>{sample.baseline}</span>
            </>
          )}
          {margin !== null && ` \u00b7 margin ${margin}`}
        </span>
        <span class="push spread">
          {axes.length > 1 && lens.columns !== null && (
            <label class="spread faint">
              columns <Picker label="Columns" name="columns" choices={axes} value={lens.columns} />
            </label>
          )}
          <Segments
            label="What a cell shows"
            choices={shows.map((value) => ({ value, label: showNames[value] }))}
            value={show}
            onChoose={(value) => setQuery({ show: value === "delta" ? null : value })}
          />
        </span>
      </div>
      <div class="scroll-x matrix-frame" tabIndex={0} role="region" aria-label="Matrix">
        <table class="matrix">
          <thead>
            <tr>
              <th>
                <span class="visually-hidden">cell</span>
              </th>
              {matrix.columns.map((value) => (
                <th key={String(value)} scope="col">
                  {lens.columns === null ? "" : pointWords({ [lens.columns]: value })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell, index) => (
                  <td key={index} colSpan={row.cells.length === 1 ? matrix.columns.length : 1}>
                    {cell !== null && <Cell campaign={campaign} cell={cell} gateName={lens.gate} show={show} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="faint small-text matrix-key">
          <i class="outline confirmed" aria-hidden="true" /> slower, confirmed over all cells{" "}
          <i class="outline likely" aria-hidden="true" /> slower, likely {"\u00b7"} the stronger the colour, the larger
          the change
        </p>
      </div>
    </section>
  )
}

interface CellProps {
  readonly campaign: Campaign
  readonly cell: CampaignCell
  readonly gateName: string
  readonly show: Show
}

const glyphs = { pass: "\u2713", fail: "\u2715", inconclusive: "~" } as const

const Cell = ({ campaign, cell, gateName, show }: CellProps) => {
  const gate = gateOf(cell, gateName)
  if (gate === null)
    return (
      <div class="cell none">
        <strong>{"\u00b7"} not run</strong>
        <span>{stillToCome(campaign, cell)}</span>
      </div>
    )
  const { outcome, value, remark, tier, strength, waiver } = cellFigure(gate)
  const marks = [tier === "confirmed" || tier === "likely" ? tier : "", waiver === null ? "" : "waived"]
  const look = ["cell", outcome, `strength-${strength}`, ...marks].filter(Boolean).join(" ")
  const content = (
    <>
      <strong>
        <span aria-hidden="true">{glyphs[outcome]} </span>
        <span class="visually-hidden">{outcome} </span>
        {show === "n" ? `n ${cell.usable.join(" + ")}` : ((show === "value" ? sidesText(cell, gate) : null) ?? value)}
      </strong>
      <span>{waiver === null ? remark : "waived"}</span>
    </>
  )
  // The comparison is stored when the campaign rests; until then the figures are what there is.
  return cell.comparisonId === null ? (
    <div class={look} title={cell.sentence ?? undefined}>
      {content}
    </div>
  ) : (
    <a class={look} href={`/compare/${cell.comparisonId}`} title={cell.sentence ?? undefined}>
      {content}
    </a>
  )
}

/** Why a cell has no figure yet. */
const stillToCome = ({ runs, skipped, status }: Campaign, cell: CampaignCell): string => {
  const key = cellKey(cell.case, cell.point)
  const reason = skipped.find((one) => one.key === key || one.key.startsWith(`${key}/`))?.reason
  if (reason !== undefined) return reason
  const own = runs.filter((run) => run.phase === "measured" && cellKey(run.case, run.point) === key)
  const left = own.filter((run) => groupOf(run) === "planned" || groupOf(run) === "running").length
  return left > 0 ? `${plural(left, "run")} to come` : status === "running" ? "to come" : "no usable run"
}

interface PickerProps {
  readonly label: string
  /** Of the parameter of the address. */
  readonly name: string
  readonly choices: readonly string[]
  readonly value: string
}

const Picker = ({ label, name, choices, value }: PickerProps) => (
  <select
    class="picker"
    aria-label={label}
    value={value}
    onChange={(event) => setQuery({ [name]: event.currentTarget.value }, "push")}
  >
    {choices.map((choice) => (
      <option key={choice} value={choice}>
        {choice}
      </option>
    ))}
  </select>
)

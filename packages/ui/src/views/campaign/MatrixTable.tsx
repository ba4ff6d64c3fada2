import { cellKey, type Campaign, type CampaignCell } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { cellFigure, sidesText } from "./cellFigure.ts"
import { gateOf, pointWords, type Lens, type Matrix } from "./matrix.ts"
import { groupOf } from "./tally.ts"

type Show = "delta" | "value" | "n"

interface MatrixTableProps {
  readonly campaign: Campaign
  readonly lens: Lens
  readonly matrix: Matrix
  readonly show: Show
  /** Without remarks. */
  readonly small?: boolean
}

/** One gate over the whole matrix. */
export const MatrixTable = ({ campaign, lens, matrix, show, small = false }: MatrixTableProps) => (
  <table class={small ? "matrix small" : "matrix"}>
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
              {cell !== null && <Cell campaign={campaign} cell={cell} gateName={lens.gate} show={show} small={small} />}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

interface CellProps {
  readonly campaign: Campaign
  readonly cell: CampaignCell
  readonly gateName: string
  readonly show: Show
  readonly small: boolean
}

const glyphs = { pass: "\u2713", fail: "\u2715", inconclusive: "~" } as const

const Cell = ({ campaign, cell, gateName, show, small }: CellProps) => {
  const gate = gateOf(cell, gateName)
  if (gate === null)
    return (
      <div class="cell none">
        <strong>{"\u00b7"} not run</strong>
        {!small && <span>{stillToCome(campaign, cell)}</span>}
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
      {!small && <span>{waiver === null ? remark : "waived"}</span>}
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

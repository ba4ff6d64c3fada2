import type { Campaign, CampaignCell, CellGate, Waiver } from "@sglang-studio/core/domain"
import { change, count, plural } from "../../base/format.ts"
import { moment } from "../../base/time.ts"
import { waivers } from "../../model/baselines.ts"
import { lastOf } from "../../model/load.ts"
import { IntervalPlot } from "../../charts/IntervalPlot.tsx"
import { Badge } from "../../parts/Badge.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { cellFigure, changePlace, marginText, usedUp } from "./cellFigure.ts"
import { cellWords, outcomeRank, pointWords } from "./matrix.ts"

const shownAtFirst = 12

interface Row {
  readonly cell: CampaignCell
  readonly gate: CellGate
}

/** Every gate of every cell, the failing ones first; waived ones stand where they do not decide. */
export const GateTable = ({ campaign }: { campaign: Campaign }) => {
  const excuses = lastOf(waivers(campaign.suite).load.value)?.items ?? []
  const rows = gateRows(campaign)
  if (rows.length === 0) return null
  const all = query.value.get("gates") === "all"
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const several = distinct(campaign, "candidate")
  const name = distinct(campaign, "case") ? cellWords : (cell: CampaignCell) => pointWords(cell.point) || cell.case
  return (
    <section class="card" aria-labelledby="gates-title">
      <div class="card-head">
        <h2 id="gates-title">Gates</h2>
        <span class="note">{plural(rows.length, "gate")}, what fails first</span>
      </div>
      <div class="scroll-x" tabIndex={0} role="region" aria-label="Gates of all cells">
        <table class="rows">
          <thead>
            <tr>
              <th>verdict</th>
              <th>gate</th>
              <th>cell</th>
              {several && <th>candidate</th>}
              <th class="number">change</th>
              <th class="number">interval</th>
              <th class="line-column">worse to the right</th>
              <th class="number">allowed</th>
              <th>tier</th>
              <th>what it says</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ cell, gate }) => (
              <GateRow
                key={`${cellWords(cell)} ${cell.candidate} ${gate.name}`}
                cell={cell}
                gate={gate}
                name={name(cell)}
                several={several}
                excuses={excuses}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shownAtFirst && (
        <p class="more">
          <button
            type="button"
            class="link"
            aria-expanded={all}
            onClick={() => setQuery({ gates: all ? null : "all" })}
          >
            {all ? "only the first" : `show all ${count(rows.length)}`}
          </button>
        </p>
      )}
    </section>
  )
}

const distinct = ({ cells }: Campaign, by: "candidate" | "case"): boolean =>
  new Set(cells.map((cell) => cell[by])).size > 1

const gateRows = ({ cells }: Campaign): readonly Row[] =>
  cells
    .flatMap((cell) => cell.gates.map((gate) => ({ cell, gate })))
    .toSorted((a, b) => rank(a.gate) - rank(b.gate) || usedUp(b.cell, b.gate) - usedUp(a.cell, a.gate))

const saying = ({ reason, moreRunsNeeded }: CellGate): string =>
  [reason.replaceAll("-", " "), ...(moreRunsNeeded ? [plural(moreRunsNeeded, "more run")] : [])].join(" \u00b7 ")

const waivedText = (id: string, excuses: readonly Waiver[]): string => {
  const waiver = excuses.find((one) => one.id === id)
  return waiver === undefined
    ? "waived"
    : `waived until ${moment(waiver.expiresAt)} by ${waiver.author}: ${waiver.reason}`
}

const tierRank = { confirmed: 0, likely: 1, noise: 2 } as const

const rank = ({ outcome, waiver, tier }: CellGate): number =>
  (waiver === null ? 0 : 100) + 10 * outcomeRank[outcome] + (tier === null ? 3 : tierRank[tier])

interface GateRowProps extends Row {
  readonly name: string
  readonly several: boolean
  readonly excuses: readonly Waiver[]
}

const GateRow = ({ cell, gate, name, several, excuses }: GateRowProps) => {
  const figure = cellFigure(cell, gate)
  const { interval } = gate
  const place = changePlace(cell, gate)
  return (
    <tr class={gate.waiver === null ? "" : "waived-row"}>
      <td>
        <Badge kind={gate.outcome} />
      </td>
      <td>{gate.name}</td>
      <td class="nowrap">
        {cell.comparisonId === null ? (
          name
        ) : (
          <a class="link" href={`/compare/${cell.comparisonId}`}>
            {name}
          </a>
        )}
      </td>
      {several && <td class="nowrap">{cell.candidate}</td>}
      <td class="number mono">{figure.value}</td>
      <td class="number mono muted">
        {interval === null || gate.scale !== "ratio" ? "\u2014" : `[${interval.map(change).join(", ")}]`}
      </td>
      <td class="line-column">
        {place !== null && <IntervalPlot {...place} tone={gate.outcome} label={`${gate.name} ${figure.value}`} />}
      </td>
      <td class="number mono muted">{marginText(gate) ?? "\u2014"}</td>
      <td>{gate.tier ?? <span class="faint">{"\u2014"}</span>}</td>
      <td class="muted nowrap">{gate.waiver === null ? saying(gate) : waivedText(gate.waiver, excuses)}</td>
    </tr>
  )
}

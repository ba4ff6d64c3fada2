import { excuses, type Campaign, type CampaignCell, type CellGate, type Waiver } from "@sglang-studio/core/domain"
import { figuresTell } from "@sglang-studio/core/gate"
import { useState } from "preact/hooks"
import { change, count, plural } from "../../base/format.ts"
import { prose } from "../../base/prose.ts"
import { waivers } from "../../model/baselines.ts"
import { lastOf } from "../../model/load.ts"
import { IntervalPlot } from "../../charts/IntervalPlot.tsx"
import { Badge } from "../../parts/Badge.tsx"
import { useKeptFocus } from "../../shell/keptFocus.ts"
import { query, setQuery } from "../../shell/router.ts"
import { cellFigure, changePlace, marginText, reasonText, usedUp } from "./cellFigure.ts"
import { WaiveDialog } from "./WaiveDialog.tsx"
import { cellWords, outcomeRank, pointWords } from "./matrix.ts"

const shownAtFirst = 12

interface Row {
  readonly cell: CampaignCell
  readonly gate: CellGate
}

/** Every gate of every cell, the failing ones first; waived ones stand where they do not decide. */
export const GateTable = ({ campaign }: { campaign: Campaign }) => {
  const known = lastOf(waivers(campaign.suite).load.value)?.items ?? []
  const rows = gateRows(campaign)
  const [waiving, setWaiving] = useState<Row | null>(null)
  const card = useKeptFocus<HTMLElement>()
  if (rows.length === 0) return null
  const all = query.value.get("gates") === "all"
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const several = distinct(campaign, "candidate")
  const name = distinct(campaign, "case") ? cellWords : (cell: CampaignCell) => pointWords(cell.point) || cell.case
  return (
    <section class="card" aria-labelledby="gates-title" ref={card}>
      <div class="card-head">
        <h2 id="gates-title">Gates</h2>
        <span class="note">{plural(rows.length, "gate")}, what fails first</span>
      </div>
      <div class="scroll-x" tabIndex={0} role="region" aria-label="Gates of all cells">
        <table class="rows gate-table">
          <thead>
            <tr>
              <th>verdict</th>
              <th>gate</th>
              <th>cell</th>
              {several && <th>candidate</th>}
              <th class="number">change</th>
              <th class="number wide-only">interval</th>
              <th class="line-column">worse to the right</th>
              <th class="number wide-only">allowed</th>
              <th class="wide-only">tier</th>
              <th>what it says</th>
              <th>
                <span class="visually-hidden">action</span>
              </th>
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
                waiver={waiverOf({ cell, gate }, known)}
                onWaive={() => setWaiving({ cell, gate })}
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
      {waiving !== null && <WaiveDialog campaign={campaign} {...waiving} onClose={() => setWaiving(null)} />}
    </section>
  )
}

const distinct = ({ cells }: Campaign, by: "candidate" | "case"): boolean =>
  new Set(cells.map((cell) => cell[by])).size > 1

const gateRows = ({ cells }: Campaign): readonly Row[] =>
  cells
    .flatMap((cell) => cell.gates.map((gate) => ({ cell, gate })))
    .toSorted((a, b) => rank(a.gate) - rank(b.gate) || usedUp(b.gate) - usedUp(a.gate))

const saying = (gate: CellGate): string =>
  [
    figuresTell(gate) ? reasonText(gate.reason) : prose(gate.message),
    ...(gate.moreRunsNeeded ? [plural(gate.moreRunsNeeded, "more run")] : [])
  ].join(" \u00b7 ")

const waivedText = ({ expiresAt, author, reason }: Waiver): string =>
  `until ${expiresAt.slice(0, 10)} by ${author}: ${reason}`

/** What excuses a gate: in this verdict, or from the next one on. */
const waiverOf = ({ cell, gate }: Row, known: readonly Waiver[]): Waiver | undefined =>
  gate.waiver === null
    ? known.find((one) => excuses(one, cell, gate.name, new Date().toISOString()))
    : known.find(({ id }) => id === gate.waiver)

const tierRank = { confirmed: 0, likely: 1, noise: 2 } as const

const rank = ({ outcome, waiver, tier }: CellGate): number =>
  (waiver === null ? 0 : 100) + 10 * outcomeRank[outcome] + (tier === null ? 3 : tierRank[tier])

interface GateRowProps extends Row {
  readonly name: string
  readonly several: boolean
  readonly waiver: Waiver | undefined
  readonly onWaive: () => void
}

const GateRow = ({ cell, gate, name, several, waiver, onWaive }: GateRowProps) => {
  const figure = cellFigure(gate)
  const { interval } = gate
  const place = changePlace(gate)
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
      <td class="number mono muted wide-only">
        {interval === null || gate.scale !== "ratio" ? "\u2014" : `[${interval.map(change).join(", ")}]`}
      </td>
      <td class="line-column">
        {place !== null && <IntervalPlot {...place} tone={gate.outcome} label={`${gate.name} ${figure.value}`} />}
      </td>
      <td class="number mono muted wide-only">{marginText(gate) ?? "\u2014"}</td>
      <td class="wide-only">{gate.tier ?? <span class="faint">{"\u2014"}</span>}</td>
      <td class="muted says">
        {gate.waiver === null && saying(gate)}
        {gate.waiver === null && waiver !== undefined && " \u00b7 waived from the next verdict on, "}
        {gate.waiver !== null && "waived "}
        {waiver !== undefined && waivedText(waiver)}
      </td>
      <td class="number">
        {gate.outcome !== "pass" && gate.waiver === null && waiver === undefined && (
          <button
            type="button"
            class="button small"
            aria-label={`Waive ${gate.name}, ${cellWords(cell)}, ${cell.candidate}`}
            onClick={onWaive}
          >
            Waive{"\u2026"}
          </button>
        )}
      </td>
    </tr>
  )
}

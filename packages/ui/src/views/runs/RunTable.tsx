import type { RunSummary } from "@sglang-studio/core/domain"
import { shortId } from "../../base/format.ts"
import { runColumns, type Narrow, type RunColumn } from "./columns.tsx"
import { keyTrails, type KeyTrail } from "./keyTrail.ts"
import type { Columns } from "./useColumns.ts"
import type { Marked } from "./useMarked.ts"

interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly columns: Columns
  readonly cursor: number
  readonly marked: Marked
  readonly onNarrow: Narrow
}

/** One page of runs. */
export const RunTable = ({ runs, columns, cursor, marked, onNarrow }: RunTableProps) => {
  const ids = runs.map((run) => run.id)
  const all = ids.every((id) => marked.ids.includes(id))
  const trails = keyTrails(runs)
  const shown = runColumns.filter(
    ({ name, has }) => columns.has(name) && (columns.chosen || has === undefined || runs.some(has))
  )
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Runs">
      <table class={`rows runs ${columns.chosen ? "" : "usual"}`}>
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label="Mark every run of this page"
                checked={all}
                onChange={() => marked.toggleAll(ids)}
              />
            </th>
            {shown.map(({ name, look }) => (
              <th key={name} class={look}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <Row
              key={run.id}
              run={run}
              columns={shown}
              trail={trails.get(run.id)}
              cursor={index === cursor}
              place={marked.ids.indexOf(run.id)}
              onToggle={() => marked.toggle(run.id)}
              onNarrow={onNarrow}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly run: RunSummary
  readonly columns: readonly RunColumn[]
  readonly trail: KeyTrail | undefined
  readonly cursor: boolean
  /** Among the marked runs; -1 = not marked. */
  readonly place: number
  readonly onToggle: () => void
  readonly onNarrow: Narrow
}

const Row = ({ run, columns, trail, cursor, place, onToggle, onNarrow }: RowProps) => (
  <tr class={cursor ? "cursor" : ""} aria-selected={place >= 0 || cursor}>
    <td>
      <input type="checkbox" aria-label={`Mark run ${shortId(run.id)}`} checked={place >= 0} onChange={onToggle} />
      {place === 0 && <span class="faint base-mark">base</span>}
    </td>
    {columns.map(({ name, look, title, cell }) => (
      <td key={name} class={look} title={title?.(run)}>
        {cell(run, onNarrow, trail)}
      </td>
    ))}
  </tr>
)

import { runColumns } from "./columns.tsx"
import type { Columns } from "./useColumns.ts"

/** Says which columns the table has. */
export const ColumnPicker = ({ columns }: { columns: Columns }) => (
  <>
    <button type="button" class="button small" popovertarget="run-columns">
      Columns
    </button>
    <div id="run-columns" class="run-columns" popover="auto" role="group" aria-label="Columns">
      {runColumns
        .filter(({ when }) => when !== "fixed")
        .map(({ name }) => (
          <label key={name} class="check">
            <input type="checkbox" checked={columns.has(name)} onChange={() => columns.toggle(name)} />
            {name}
          </label>
        ))}
      <button type="button" class="button small" disabled={!columns.chosen} onClick={columns.reset}>
        The usual ones
      </button>
    </div>
  </>
)

import { plural } from "../../base/format.ts"
import type { Batch } from "./useBatch.ts"

/** What can be done with the marked runs; it is always there, so that nothing moves when the first one is marked. */
export const BatchBar = ({ count, batch, archive }: { count: number; batch: Batch; archive: boolean }) => {
  const none = count === 0
  return (
    <div class="batch" role="toolbar" aria-label="Marked runs">
      <span class={none ? "faint" : ""}>{none ? "none marked" : `${plural(count, "run")} marked`}</span>
      <button type="button" class="button small" disabled={count < 2} onClick={batch.compare}>
        Compare <kbd>c</kbd>
      </button>
      <button type="button" class="button small" disabled={none} onClick={batch.tag}>
        Tag{"\u2026"} <kbd>t</kbd>
      </button>
      <button type="button" class="button small" disabled={none} onClick={batch.pin}>
        Pin <kbd>p</kbd>
      </button>
      <button type="button" class="button small" disabled={none} onClick={batch.archive}>
        {archive ? "Unarchive" : "Archive"} <kbd>e</kbd>
      </button>
      <button type="button" class="button small" disabled={none} onClick={batch.cancel}>
        Cancel
      </button>
      <button type="button" class="button small quiet" disabled={none} onClick={batch.clear}>
        Clear
      </button>
    </div>
  )
}

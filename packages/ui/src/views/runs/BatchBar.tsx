import { plural } from "../../base/format.ts"
import type { Batch } from "./useBatch.ts"

/** What can be done with the marked runs. */
export const BatchBar = ({ count, batch, archive }: { count: number; batch: Batch; archive: boolean }) =>
  count === 0 ? null : (
    <div class="batch" role="toolbar" aria-label="Marked runs">
      <span>{plural(count, "run")} marked</span>
      <button type="button" class="button small" disabled={count < 2} onClick={batch.compare}>
        Compare <kbd>c</kbd>
      </button>
      <button type="button" class="button small" onClick={batch.tag}>
        Tag{"\u2026"} <kbd>t</kbd>
      </button>
      <button type="button" class="button small" onClick={batch.pin}>
        Pin <kbd>p</kbd>
      </button>
      <button type="button" class="button small" onClick={batch.archive}>
        {archive ? "Unarchive" : "Archive"} <kbd>e</kbd>
      </button>
      <button type="button" class="button small" onClick={batch.cancel}>
        Cancel
      </button>
      <button type="button" class="button small quiet" onClick={batch.clear}>
        Clear
      </button>
    </div>
  )

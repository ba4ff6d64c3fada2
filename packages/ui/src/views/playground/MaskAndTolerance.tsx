import type { Playground } from "../../model/playground.ts"
import { masks } from "../../model/playgroundForm.ts"

const words: Readonly<Record<string, string>> = {
  none: "none",
  causal: "causal",
  "bidirectional-prefix": "bidirectional prefix",
  "doc-isolation": "items isolated",
  custom: "custom matrix"
}

/** What is asked of the attention, and how far apart the sides may be. */
export const MaskAndTolerance = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  return (
    <>
      <div class="numbers">
        <label class="field-group">
          <span>Attention mask</span>
          <select
            class="field"
            value={form.mask}
            onChange={(event) =>
              playground.change({ mask: masks.find((mask) => mask === event.currentTarget.value) ?? "" })
            }
          >
            <option value="">the backend's own</option>
            {masks.map((mask) => (
              <option key={mask} value={mask}>
                {words[mask]}
              </option>
            ))}
          </select>
        </label>
        <label class="field-group">
          <span>Tolerance</span>
          <input
            class="field"
            inputMode="decimal"
            placeholder="from the comparison"
            value={form.tolerance}
            onInput={(event) => playground.change({ tolerance: event.currentTarget.value })}
          />
        </label>
      </div>
      {form.mask === "custom" && (
        <label class="field-group">
          <span>Mask matrix</span>
          <textarea
            class="field"
            rows={3}
            placeholder="[[1,0,0],[1,1,0],[1,1,1]]"
            value={form.maskMatrix}
            onInput={(event) => playground.change({ maskMatrix: event.currentTarget.value })}
          />
        </label>
      )}
      {form.mask !== "" && form.mask !== "causal" && form.mask !== "none" && (
        <p class="faint small-text">A backend that cannot apply this mask refuses the run: mask-unsupported.</p>
      )}
    </>
  )
}

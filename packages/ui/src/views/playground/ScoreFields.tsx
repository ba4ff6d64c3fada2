import type { Playground } from "../../model/playground.ts"
import { exampleForm } from "../../model/playgroundForm.ts"
import { ItemsField } from "./ItemsField.tsx"
import { LabelField } from "./LabelField.tsx"
import { MaskAndTolerance } from "./MaskAndTolerance.tsx"

export const ScoreFields = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  const empty = form.query === "" && form.items === "" && form.labels.length === 0
  return (
    <>
      <div class="field-group">
        <div class="field-head">
          <label for="query">Query</label>
          {empty && (
            <button type="button" class="link push" onClick={() => playground.change(exampleForm)}>
              fill in an example
            </button>
          )}
        </div>
        <textarea
          id="query"
          class="field"
          rows={2}
          value={form.query}
          onInput={(event) => playground.change({ query: event.currentTarget.value })}
        />
      </div>
      <ItemsField form={form} tokens={playground.labels.value.itemTokens} onChange={playground.change} />
      <LabelField
        labels={form.labels}
        resolved={playground.labels.value.backends}
        onChange={(labels) => playground.change({ labels })}
      />
      <MaskAndTolerance playground={playground} />
      <div class="checks">
        <label class="check">
          <input
            type="checkbox"
            checked={form.softmax}
            onChange={(event) => playground.change({ softmax: event.currentTarget.checked })}
          />
          softmax over labels
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={form.itemFirst}
            onChange={(event) => playground.change({ itemFirst: event.currentTarget.checked })}
          />
          item first
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={form.oneByOne}
            onChange={(event) => playground.change({ oneByOne: event.currentTarget.checked })}
          />
          one by one too
        </label>
      </div>
    </>
  )
}

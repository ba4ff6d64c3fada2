import { count, plural } from "../../base/format.ts"
import type { Playground } from "../../model/playground.ts"
import { exampleForm, readItems } from "../../model/playgroundForm.ts"
import { LabelField } from "./LabelField.tsx"

const textOf = async (file: File | undefined): Promise<string | null> => (file === undefined ? null : await file.text())

export const ScoreFields = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  const items = readItems(form.items, form.itemsAs)
  const tokens = playground.labels.value.itemTokens
  const takeFile = async (file: File | undefined) => {
    const text = await textOf(file)
    if (text === null) return
    playground.change({ items: text, itemsAs: text.trimStart().startsWith("[") ? "json" : "lines" })
  }
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
      <div class="field-group">
        <div class="field-head">
          <label for="items">Items</label>
          <span class="push faint">
            {items.ok ? plural(items.value.length, "item") : "0 items"}
            {tokens !== null && ` \u00b7 ${count(tokens)} tokens`} {"\u00b7"}{" "}
            {(["lines", "json"] as const).map((as) => (
              <button
                key={as}
                type="button"
                class="format"
                aria-pressed={form.itemsAs === as}
                onClick={() => playground.change({ itemsAs: as })}
              >
                {as === "json" ? "JSON" : "lines"}
              </button>
            ))}
            <label class="format">
              file
              <input
                class="visually-hidden"
                type="file"
                accept=".txt,.json,.jsonl,text/*,application/json"
                onChange={(event) => void takeFile(event.currentTarget.files?.[0])}
              />
            </label>
          </span>
        </div>
        <textarea
          id="items"
          class="field"
          rows={5}
          placeholder={
            form.itemsAs === "json" ? '["first item", "second item"]' : "one item a line, or drop a file here"
          }
          aria-invalid={!items.ok && form.items !== ""}
          value={form.items}
          onInput={(event) => playground.change({ items: event.currentTarget.value })}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            if (!event.dataTransfer?.files.length) return
            event.preventDefault()
            void takeFile(event.dataTransfer.files[0])
          }}
        />
        {!items.ok && form.items !== "" && <p class="bad small-text">{items.problem}</p>}
      </div>
      <LabelField playground={playground} />
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

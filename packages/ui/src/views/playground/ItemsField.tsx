import { count, plural } from "../../base/format.ts"
import { readItems, type PlaygroundForm } from "../../model/playgroundForm.ts"

type Items = Pick<PlaygroundForm, "items" | "itemsAs">

/** The items of a score: a line each, JSON, or a file. */
export const ItemsField = ({
  form,
  tokens = null,
  onChange
}: {
  form: Items
  tokens?: number | null
  onChange: (change: Partial<Items>) => void
}) => {
  const items = readItems(form.items, form.itemsAs)
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return
    const text = await file.text()
    onChange({ items: text, itemsAs: text.trimStart().startsWith("[") ? "json" : "lines" })
  }
  return (
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
              onClick={() => onChange({ itemsAs: as })}
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
        placeholder={form.itemsAs === "json" ? '["first item", "second item"]' : "one item a line, or drop a file here"}
        aria-invalid={!items.ok && form.items !== ""}
        value={form.items}
        onInput={(event) => onChange({ items: event.currentTarget.value })}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (!event.dataTransfer?.files.length) return
          event.preventDefault()
          void takeFile(event.dataTransfer.files[0])
        }}
      />
      {!items.ok && form.items !== "" && <p class="bad small-text">{items.problem}</p>}
    </div>
  )
}

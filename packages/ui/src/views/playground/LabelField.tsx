import { useState } from "preact/hooks"
import { sideOf } from "../../base/sides.ts"
import type { BackendLabels } from "../../model/labelIds.ts"

/** A dot stands for the leading space that can hardly be seen; `#300` is a token id. */
const visible = (label: string): string => label.replace(/^ /, "\u00b7")
const typed = (text: string): string => text.replace(/^\u00b7/, " ")

/** The label tokens of a score, and what each backend makes of them. */
export const LabelField = ({
  labels,
  resolved = [],
  onChange
}: {
  labels: readonly string[]
  resolved?: readonly BackendLabels[]
  onChange: (labels: readonly string[]) => void
}) => {
  const [text, setText] = useState("")
  const add = () => {
    if (text === "" || text === " ") return
    onChange([...labels.filter((one) => one !== text), text])
    setText("")
  }
  return (
    <div class="field-group">
      <div class="field-head">
        <label for="label">Labels</label>
        <span class="push faint">text with its leading space, or #id; Enter adds</span>
      </div>
      <div class="field label-field">
        {labels.map((label) => (
          <button
            type="button"
            key={label}
            class="label-chip"
            aria-label={`Remove label ${label}`}
            title="Remove"
            onClick={() => onChange(labels.filter((one) => one !== label))}
          >
            {visible(label)} <span aria-hidden="true">{"\u00d7"}</span>
          </button>
        ))}
        <input
          id="label"
          size={8}
          placeholder={labels.length === 0 ? "\u00b7yes" : ""}
          value={visible(text)}
          onInput={(event) => setText(typed(event.currentTarget.value))}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
              event.preventDefault()
              add()
            } else if (event.key === "Backspace" && text === "") onChange(labels.slice(0, -1))
          }}
        />
      </div>
      <Resolved backends={resolved} />
    </div>
  )
}

const Resolved = ({ backends }: { backends: readonly BackendLabels[] }) => {
  if (backends.length === 0) return null
  const known = backends.filter((one) => one.state === "known")
  const same = known.length > 1 && new Set(known.map((one) => one.ids.join())).size === 1
  return (
    <p class="resolved" aria-live="polite">
      resolved:{" "}
      {backends.map((one, index) => (
        <span key={one.backend}>
          <span class={`${sideOf(index)} side-ink`}>{one.backend}</span> <Ids labels={one} />
          {index < backends.length - 1 && " \u00b7 "}
        </span>
      ))}
      {known.length > 1 && known.length === backends.length && (
        <span class={same ? "" : "bad"}>
          {" "}
          {"\u00b7"} {same ? `same on ${known.length === 2 ? "both" : "all"}` : "\u2715 the ids differ"}
        </span>
      )}
    </p>
  )
}

const Ids = ({ labels }: { labels: BackendLabels }) => {
  switch (labels.state) {
    case "known":
      return <span class="mono">{labels.ids.join(", ")}</span>
    case "split":
      return (
        <span class="bad">
          {"\u2715"} {"\u201c"}
          {visible(labels.label)}
          {"\u201d"} is {labels.pieces.length} tokens ({labels.pieces.join(", ")})
        </span>
      )
    case "unknown":
      return <span>{labels.why}</span>
  }
}

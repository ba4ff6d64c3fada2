import { useState } from "preact/hooks"
import { plural } from "../../base/format.ts"
import { Modal } from "../../parts/Modal.tsx"

interface TagDialogProps {
  readonly count: number
  readonly onTag: (words: string) => void
  readonly onClose: () => void
}

/** Adds tags to the marked runs and takes others away. */
export const TagDialog = ({ count, onTag, onClose }: TagDialogProps) => {
  const [words, setWords] = useState("")
  return (
    <Modal label="Tag the marked runs" onClose={onClose}>
      <div class="dialog-head">Tag {plural(count, "run")}</div>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          onTag(words)
          onClose()
        }}
      >
        <input
          class="field"
          aria-label="Tags"
          placeholder="nightly -old   adds nightly, takes old away"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <span class="spread">
          <button type="submit" class="button accent" disabled={words.trim() === ""}>
            Save
          </button>
          <button type="button" class="button" onClick={onClose}>
            Close
          </button>
        </span>
      </form>
    </Modal>
  )
}

import { useState } from "preact/hooks"
import { plural } from "../../base/format.ts"
import { FormDialog } from "../../parts/FormDialog.tsx"

interface TagDialogProps {
  readonly count: number
  readonly onTag: (words: string) => void
  readonly onClose: () => void
}

/** Adds tags to the marked runs and takes others away. */
export const TagDialog = ({ count, onTag, onClose }: TagDialogProps) => {
  const [words, setWords] = useState("")
  return (
    <FormDialog
      label="Tag the marked runs"
      title={`Tag ${plural(count, "run")}`}
      verb="Save"
      isComplete={words.trim() !== ""}
      save={() => onTag(words)}
      onClose={onClose}
    >
      <input
        class="field"
        aria-label="Tags"
        placeholder="nightly -old   adds nightly, takes old away"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

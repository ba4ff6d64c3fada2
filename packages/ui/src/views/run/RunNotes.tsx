import type { Run } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { api } from "../../api/client.ts"
import { attempt } from "../../model/attempt.ts"
import { notify } from "../../model/notice.ts"
import { rememberRun } from "../../model/runs.ts"

/** The two things about a run that may be written later. */
export const RunNotes = ({ run }: { run: Run }) => {
  const [tags, setTags] = useState(run.tags.join(" "))
  const [note, setNote] = useState(run.note)
  const changed = tags.trim() !== run.tags.join(" ") || note !== run.note
  const save = () =>
    attempt(async () => {
      rememberRun(await api.annotateRun({ id: run.id, tags: tags.split(/[\s,]+/).filter(Boolean), note }))
      notify("Saved")
    })
  return (
    <form
      class="notes"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <label>
        <span class="faint">tags</span>
        <input class="field" value={tags} placeholder="none" onInput={(event) => setTags(event.currentTarget.value)} />
      </label>
      <label class="note-field">
        <span class="faint">note</span>
        <input class="field" value={note} placeholder="none" onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button small" disabled={!changed}>
        Save
      </button>
    </form>
  )
}

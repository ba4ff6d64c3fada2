import { isFinished, type Run } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { api } from "../../api/client.ts"
import { toProblem } from "../../api/problem.ts"
import { duration, elapsed, moment } from "../../base/time.ts"
import { notify } from "../../model/notice.ts"
import { rememberRun } from "../../model/runs.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { useKeys } from "../../shell/keys.ts"
import { navigate } from "../../shell/router.ts"
import { requestTitle } from "./requestTitle.ts"
import type { StatusChange } from "./useRunLog.ts"

const attempt = async (act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (thrown) {
    notify(toProblem(thrown).detail, "bad")
  }
}

/** What this run is, how it went, and what can be done with it. */
export const RunHeader = ({ run, history }: { run: Run; history: readonly StatusChange[] }) => {
  const took = run.imported === null ? elapsed(run.startedAt, run.finishedAt) : null
  const repeat = () =>
    attempt(async () => {
      const again = await api.repeatRun({ id: run.id })
      rememberRun(again)
      navigate(`/runs/${again.id}`)
    })
  const cancel = () =>
    attempt(async () => {
      rememberRun(await api.cancelRun({ id: run.id }))
    })
  const pin = () =>
    attempt(async () => {
      rememberRun(await api.annotateRun({ id: run.id, pinned: !run.pinned }))
    })
  useKeys([{ key: ".", does: "repeat this run", run: () => void repeat() }])
  return (
    <section class="card run-header" aria-label="Run">
      <div class="run-title">
        <p class="spread">
          <Badge kind={run.status} />
          <OriginBadges provenance={run.provenance} imported={run.imported} />
          <span class="muted">
            {run.kind} on <strong>{run.backend}</strong> <span class="faint">({run.adapter})</span>
          </span>
        </p>
        <h2>{requestTitle(run.request)}</h2>
        <p class="muted">
          {moment(run.createdAt)}
          {took !== null && ` \u00b7 ${duration(took)}`}
          {run.progress !== null &&
            !isFinished(run.status) &&
            ` \u00b7 ${run.progress.done}${run.progress.total === null ? "" : ` of ${run.progress.total}`} ${run.progress.unit}`}
          {" \u00b7 "}
          <code>{run.id}</code>
        </p>
        <History history={history} />
        <Notes key={run.id} run={run} />
      </div>
      <div class="run-actions">
        {isFinished(run.status) ? (
          <button type="button" class="button accent" onClick={() => void repeat()}>
            Repeat <kbd>.</kbd>
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void cancel()}>
            Cancel
          </button>
        )}
        <a class="button" href={`/runs?kind=${run.kind}&select=${run.id}`}>
          Compare with{"\u2026"}
        </a>
        <button type="button" class="button" aria-pressed={run.pinned} onClick={() => void pin()}>
          {run.pinned ? "Unpin" : "Pin"}
        </button>
      </div>
    </section>
  )
}

/** Each state with how long it lasted. */
const History = ({ history }: { history: readonly StatusChange[] }) => {
  if (history.length === 0) return null
  return (
    <ol class="history" aria-label="States of this run">
      {history.map((change, index) => {
        const next = history[index + 1]
        const lasted = next === undefined ? null : Date.parse(next.at) - Date.parse(change.at)
        return (
          <li key={index} title={moment(change.at)}>
            {change.status}
            {lasted !== null && <span class="faint"> {duration(lasted)}</span>}
          </li>
        )
      })}
    </ol>
  )
}

const Notes = ({ run }: { run: Run }) => {
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
      {changed && (
        <button type="submit" class="button small">
          Save
        </button>
      )}
    </form>
  )
}

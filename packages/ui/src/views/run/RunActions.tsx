import { isFinished, type Run } from "@sglang-studio/core/domain"
import { api } from "../../api/client.ts"
import { attempt } from "../../model/attempt.ts"
import { archiveRuns } from "../../model/runBatch.ts"
import { rememberRun } from "../../model/runs.ts"
import { useKeys } from "../../shell/keys.ts"
import { navigate } from "../../shell/router.ts"

/** What can be done with a run. Whoever measured an imported one has to repeat it. */
export const RunActions = ({ run }: { run: Run }) => {
  const repeatable = run.imported === null && isFinished(run.status)
  const repeat = () =>
    void attempt(async () => {
      const again = await api.repeatRun({ id: run.id })
      rememberRun(again)
      navigate(`/runs/${again.id}`)
    })
  const cancel = () => void attempt(async () => void rememberRun(await api.cancelRun({ id: run.id })))
  const pin = () =>
    void attempt(async () => void rememberRun(await api.annotateRun({ id: run.id, pinned: !run.pinned })))
  const archive = () => void archiveRuns([run.id], !run.archived)
  useKeys([
    ...(repeatable ? [{ key: ".", does: "repeat this run", run: repeat }] : []),
    { key: "p", does: run.pinned ? "unpin this run" : "pin this run", run: pin },
    {
      key: "e",
      does: run.archived ? "take it out of the archive" : "archive it",
      run: archive
    }
  ])
  return (
    <div class="run-actions">
      {repeatable && (
        <button type="button" class="button accent" onClick={repeat}>
          Repeat <kbd>.</kbd>
        </button>
      )}
      {!isFinished(run.status) && (
        <button type="button" class="button" onClick={cancel}>
          Cancel
        </button>
      )}
      <a class="button" href={`/runs?kind=${run.kind}&select=${run.id}`}>
        Compare with{"\u2026"}
      </a>
      <button type="button" class="button" aria-pressed={run.pinned} onClick={pin}>
        {run.pinned ? "Unpin" : "Pin"}
      </button>
      <button type="button" class="button" aria-pressed={run.archived} onClick={archive}>
        {run.archived ? "Unarchive" : "Archive"}
      </button>
    </div>
  )
}

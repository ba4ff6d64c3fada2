import { plural } from "../../base/format.ts"
import type { FollowedCheck } from "../../model/checkRun.ts"
import { CheckProgress } from "../checks/CheckProgress.tsx"
import { BackendPicker } from "../playground/BackendPicker.tsx"

/** On which backends the cases are put, and how that goes. */
export const RunBar = ({
  chosen,
  self,
  count,
  what,
  check,
  onChoose,
  onSelf,
  onRun
}: {
  chosen: readonly string[]
  self: boolean
  count: number
  /** Which cases, in words: `all`, `tag nightly`. */
  what: string
  check: FollowedCheck
  onChoose: (names: readonly string[]) => void
  onSelf: (on: boolean) => void
  onRun: () => void
}) => {
  const running = check.state.value?.status === "running"
  const enough = chosen.length > 1 || (chosen.length === 1 && self)
  return (
    <section class="card" aria-label="Run cases">
      <div class="card-body run-bar">
        <BackendPicker chosen={chosen} onChoose={onChoose} />
        <label class="check">
          <input type="checkbox" checked={self} onChange={(event) => onSelf(event.currentTarget.checked)} />
          each side against itself too
        </label>
        <button type="button" class="button accent push" disabled={running || count === 0 || !enough} onClick={onRun}>
          {running ? "Running\u2026" : `Run ${what} (${plural(count, "case")})`} <kbd>r</kbd>
        </button>
      </div>
      {!enough && count > 0 && (
        <p class="run-note faint small-text">Choose two backends to compare, or one that is checked against itself.</p>
      )}
      {(check.state.value !== null || check.problem.value !== null) && (
        <div class="run-state">
          <CheckProgress check={check} onAgain={onRun} />
        </div>
      )}
    </section>
  )
}

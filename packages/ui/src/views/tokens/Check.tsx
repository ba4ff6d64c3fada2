import { sendsOf, type Comparison, type Confirmation, type Divergence } from "@sglang-studio/core/domain"
import { useContext } from "preact/hooks"
import { toProblem } from "../../api/problem.ts"
import { shellWord } from "../../base/shell.ts"
import { checkKey, confirmCause, confirming } from "../../model/confirm.ts"
import { anyForeign } from "../../model/foreign.ts"
import { lastOf } from "../../model/load.ts"
import { copyText, notify } from "../../model/notice.ts"
import { runById } from "../../model/runs.ts"
import { Badge } from "../../parts/Badge.tsx"
import { navigate } from "../../shell/router.ts"
import { ComparisonContext } from "../compare/comparisonContext.ts"

/** A check that would confirm a cause: what it showed, a button that makes it, or the command that does. */
export const Check = ({ divergence, confirmation }: { divergence: Divergence; confirmation: Confirmation }) => {
  const comparison = useContext(ComparisonContext)
  const { action, status } = confirmation
  const foreign = comparison !== null && anyForeign(comparison.arms)
  return (
    <li>
      <span>{action}</span>
      {status === "confirmed" && <Badge kind="pass" text="confirmed" />}
      {status === "refuted" && <Badge kind="fail" text="refuted" />}
      {status === "unavailable" && <Badge kind="none" text="unavailable" />}
      {status === "suggested" && foreign && (
        <span title="The runs were imported: only the studio that measured them can ask again">
          <Badge kind="none" text="not here" />
        </span>
      )}
      {status === "suggested" && !foreign && comparison !== null && sendsOf[action] !== undefined && (
        <RunCheck comparison={comparison} name={divergence.case} action={action} />
      )}
      {status === "suggested" && !foreign && (comparison === null || sendsOf[action] === undefined) && (
        <CopyCheck comparison={comparison} name={divergence.case} action={action} />
      )}
    </li>
  )
}

interface CheckProps<C> {
  readonly comparison: C
  readonly name: string
  readonly action: string
}

const RunCheck = ({ comparison, name, action }: CheckProps<Comparison>) => {
  const running = confirming.value.has(checkKey(comparison.id, name, action))
  const run = async () => {
    try {
      const made = await confirmCause(comparison.id, name, action)
      if (made.id === comparison.id) notify(`${action}: nothing is left to send for this case`)
      else navigate(`/compare/${made.id}${location.search}`)
    } catch (thrown) {
      const { detail, hint } = toProblem(thrown)
      notify(hint === null ? detail : `${detail} ${hint}`, "bad")
    }
  }
  return (
    <button
      type="button"
      class="button small"
      disabled={running}
      aria-label={`Run: ${action}`}
      onClick={() => void run()}
    >
      {running ? "Running\u2026" : "Run"}
    </button>
  )
}

/** What only a person can arrange, such as another server: the command that looks again afterwards. */
const CopyCheck = ({ comparison, name, action }: CheckProps<Comparison | null>) => {
  if (comparison === null) return <Badge kind="none" text="not run" />
  const backends = comparison.arms.map(({ label, runIds: [first] }) =>
    first === undefined ? label : (lastOf(runById(first).load.value)?.backend ?? label)
  )
  const command = `studio parity ${backends.map((one) => `--backend ${shellWord(one)}`).join(" ")} --case ${shellWord(name)}`
  return (
    <button
      type="button"
      class="button quiet small"
      title={command}
      aria-label={`Copy command: ${action}`}
      onClick={() => void copyText(command, "Command")}
    >
      Copy command
    </button>
  )
}

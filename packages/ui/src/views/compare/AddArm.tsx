import type { Comparison, RunSummary } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { api } from "../../api/client.ts"
import { toProblem, type Problem } from "../../api/problem.ts"
import { shortId } from "../../base/format.ts"
import { ago } from "../../base/time.ts"
import { compareArms } from "../../model/comparisons.ts"
import { Modal } from "../../parts/Modal.tsx"
import { ProblemBox } from "../../parts/States.tsx"
import { navigate } from "../../shell/router.ts"

/** Lays one more run beside the arms; the baseline stays. */
export const AddArm = ({ comparison }: { comparison: Comparison }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        + Add arm
      </button>
      {open && <PickRun comparison={comparison} onClose={() => setOpen(false)} />}
    </>
  )
}

const PickRun = ({ comparison, onClose }: { comparison: Comparison; onClose: () => void }) => {
  const [text, setText] = useState("")
  const [found, setFound] = useState<readonly RunSummary[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const taken = new Set(comparison.arms.flatMap((arm) => arm.runIds))
  const kind = comparison.pairs[0]?.kind
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      api
        .listRuns({
          limit: 30,
          status: "succeeded",
          ...(kind && { kind }),
          ...(text.trim() !== "" && { q: text.trim() })
        })
        .then(
          ({ items }) => current && setFound(items.filter((run) => run.resend === null)),
          (thrown: unknown) => current && setProblem(toProblem(thrown))
        )
    }, 120)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, kind])
  const add = async (run: RunSummary) => {
    const repeated = comparison.arms.some((arm) => arm.label === run.backend)
    const label = repeated ? `${run.backend} ${shortId(run.id)}` : run.backend
    try {
      const made = await compareArms([...comparison.arms, { label, runIds: [run.id] }])
      onClose()
      navigate(`/compare/${made.id}`)
    } catch (thrown) {
      setProblem(toProblem(thrown))
    }
  }
  const free = found.filter((run) => !taken.has(run.id)).slice(0, 12)
  return (
    <Modal label="Add an arm" onClose={onClose}>
      <input
        class="palette-input"
        aria-label="Find a run"
        placeholder={"Find a run by backend, tag or text\u2026"}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {problem !== null && <ProblemBox problem={problem} />}
      <ul class="arm-choices" aria-label="Runs">
        {free.map((run) => (
          <li key={run.id}>
            <button type="button" onClick={() => void add(run)}>
              <strong>{run.backend}</strong>
              <span class="cut">{run.title}</span>
              <span class="push faint nowrap">
                {shortId(run.id)} {"\u00b7"} {ago(run.createdAt)}
              </span>
            </button>
          </li>
        ))}
        {free.length === 0 && <li class="faint card-body">No other finished run of this kind matches.</li>}
      </ul>
    </Modal>
  )
}

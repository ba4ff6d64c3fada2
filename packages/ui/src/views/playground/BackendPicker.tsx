import { useState } from "preact/hooks"
import type { Problem } from "../../api/problem.ts"
import { sideOf } from "../../base/sides.ts"
import { addBackend, backends } from "../../model/backends.ts"
import { lastOf } from "../../model/load.ts"
import { useInlinePanel } from "../../parts/inlinePanel.ts"
import { ProblemBox } from "../../parts/States.tsx"

/** Which backends answer; in the order in which they are pressed, the first is the baseline. */
export const BackendPicker = ({
  chosen,
  onChoose
}: {
  chosen: readonly string[]
  onChoose: (names: readonly string[]) => void
}) => {
  const load = backends.load.value
  const [adding, setAdding] = useState(false)
  const listed = lastOf(load)?.items ?? []
  const strange = chosen.filter((name) => !listed.some((one) => one.name === name))
  const toggle = (name: string) =>
    onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  return (
    <fieldset class="field-group">
      <legend>Backends</legend>
      {load.state === "failed" && <ProblemBox problem={load.error} onRetry={() => void backends.refresh()} />}
      <div class="backend-chips">
        {[...listed.map((one) => one.name), ...strange].map((name) => {
          const at = chosen.indexOf(name)
          const info = listed.find((one) => one.name === name)
          return (
            <button
              type="button"
              key={name}
              class={`button ${at < 0 ? "" : sideOf(at)}`}
              aria-pressed={at >= 0}
              title={
                info?.probe
                  ? `${info.probe.server}${info.probe.reachable ? "" : " (not reachable)"}`
                  : (info?.url ?? info?.adapter ?? "not listed")
              }
              onClick={() => toggle(name)}
            >
              <span class={`dot${at < 0 ? " off" : ""}`} />
              <span class={at < 0 ? "muted" : ""}>{name}</span>
              {at === 0 && <span class="faint small-text">baseline</span>}
              {info?.adapter === "mock" && <span class="origin mock">MOCK</span>}
              {info?.probe && !info.probe.reachable && <span class="faint small-text">unreachable</span>}
            </button>
          )
        })}
        <button type="button" class="button quiet" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          + Add
        </button>
      </div>
      {adding && (
        <AddBackend
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false)
            onChoose([...chosen.filter((one) => one !== name), name])
          }}
        />
      )}
    </fieldset>
  )
}

export const AddBackend = ({ onAdded, onClose }: { onAdded: (name: string) => void; onClose: () => void }) => {
  const [spec, setSpec] = useState("")
  const [problem, setProblem] = useState<Problem | null>(null)
  const add = async () => {
    const added = await addBackend(spec)
    if ("problem" in added) return setProblem(added.problem)
    setProblem(null)
    setSpec("")
    onAdded(added.name)
  }
  const panel = useInlinePanel<HTMLDivElement>(onClose)
  return (
    <div {...panel} class="add-backend">
      <div class="spread">
        <input
          class="field"
          aria-label="Backend to add"
          aria-invalid={problem !== null}
          placeholder="jax=http://127.0.0.1:30000   or   fake=mock:clean"
          value={spec}
          onInput={(event) => setSpec(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return
            event.preventDefault()
            void add()
          }}
        />
        <button type="button" class="button" onClick={() => void add()}>
          Add
        </button>
      </div>
      {problem !== null && <ProblemBox problem={problem} />}
    </div>
  )
}

import { useState } from "preact/hooks"
import { toProblem, type Problem } from "../../api/problem.ts"
import { cases, saveCase } from "../../model/cases.ts"
import { lastOf } from "../../model/load.ts"
import { notify } from "../../model/notice.ts"
import type { Playground } from "../../model/playground.ts"
import { caseOfForm } from "../../model/playgroundCase.ts"
import { useInlinePanel } from "../../parts/inlinePanel.ts"
import { ProblemBox } from "../../parts/States.tsx"

/** Keeps the form as a parity case; the name of a stored one replaces it. */
export const SaveCase = ({ playground, onDone }: { playground: Playground; onDone: () => void }) => {
  const stored = lastOf(cases.load.value)?.items ?? []
  const loadedFrom = playground.caseName.value
  const before = stored.find((one) => one.name === loadedFrom)
  const [name, setName] = useState(loadedFrom ?? "")
  const [tags, setTags] = useState(before?.tags.join(" ") ?? "")
  const [problem, setProblem] = useState<Problem | null>(null)
  const known = stored.find((one) => one.name === name.trim())
  const save = async () => {
    const read = caseOfForm(playground.form.peek(), name, tags)
    if (!read.ok) return setProblem({ ...toProblem(read.problem), code: "form", detail: read.problem, hint: null })
    try {
      const saved = await saveCase(known?.id ?? null, read.value)
      playground.caseName.value = saved.name
      notify(`${saved.name} saved as a case`)
      onDone()
    } catch (thrown) {
      setProblem(toProblem(thrown))
    }
  }
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    void save()
  }
  const panel = useInlinePanel<HTMLDivElement>(onDone)
  return (
    <div {...panel} class="save-case" role="group" aria-label="Save as case">
      <div class="numbers">
        <label class="field-group">
          <span>Case name</span>
          <input
            class="field"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
            onKeyDown={onEnter}
          />
        </label>
        <label class="field-group">
          <span>Tags</span>
          <input
            class="field"
            value={tags}
            onInput={(event) => setTags(event.currentTarget.value)}
            onKeyDown={onEnter}
          />
        </label>
      </div>
      <div class="spread">
        <button type="button" class="button" onClick={() => void save()}>
          {known === undefined ? "Save" : "Replace"}
        </button>
        <button type="button" class="button quiet" onClick={onDone}>
          Cancel
        </button>
        <a class="link push" href="/cases">
          All cases
        </a>
      </div>
      {problem !== null && <ProblemBox problem={problem} />}
    </div>
  )
}

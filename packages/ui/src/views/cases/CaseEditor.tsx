import type { ParityCase } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { toProblem, type Problem } from "../../api/problem.ts"
import { caseToForm, emptyCase, readCase, type CaseForm } from "../../model/caseForm.ts"
import { removeCase, saveCase } from "../../model/cases.ts"
import { notify } from "../../model/notice.ts"
import { useInlinePanel } from "../../parts/inlinePanel.ts"
import { Segments } from "../../parts/Segments.tsx"
import { ProblemBox } from "../../parts/States.tsx"
import { ItemsField } from "../playground/ItemsField.tsx"
import { LabelField } from "../playground/LabelField.tsx"

/** The form of a stored case, or of a new one. */
export const CaseEditor = ({
  before,
  onSaved,
  onClose
}: {
  before: ParityCase | null
  onSaved: (id: string) => void
  onClose: () => void
}) => {
  const [form, setForm] = useState<CaseForm>(() => (before === null ? emptyCase : caseToForm(before)))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [sure, setSure] = useState(false)
  const change = (part: Partial<CaseForm>) => setForm((now) => ({ ...now, ...part }))
  const attempt = async (act: () => Promise<void>) => {
    try {
      setProblem(null)
      await act()
    } catch (thrown) {
      setProblem(toProblem(thrown))
    }
  }
  const save = () =>
    attempt(async () => {
      const read = readCase(form)
      if (!read.ok) return setProblem({ ...toProblem(read.problem), code: "form", detail: read.problem, hint: null })
      const saved = await saveCase(before?.id ?? null, read.value)
      notify(`${saved.name} saved`)
      onSaved(saved.id)
    })
  const remove = () =>
    attempt(async () => {
      if (before === null) return
      await removeCase(before.id)
      notify(`${before.name} deleted`)
      onClose()
    })
  const panel = useInlinePanel<HTMLFormElement>(onClose)
  return (
    <form
      {...panel}
      class="card case-editor"
      aria-label={before === null ? "New case" : `Case ${before.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div class="card-head">
        <h2>{before === null ? "New case" : "Edit case"}</h2>
        <button type="button" class="button quiet small push" aria-label="Close" onClick={onClose}>
          {"\u2715"}
        </button>
      </div>
      <div class="card-body fields">
        <TextField label="Name" value={form.name} onInput={(name) => change({ name })} />
        <Segments
          label="Input"
          choices={[
            { value: "prompt", label: "Prompt" },
            { value: "ids", label: "Token ids" },
            { value: "score", label: "Score" }
          ]}
          value={form.kind}
          onChoose={(kind) => change({ kind })}
        />
        {form.kind === "prompt" && (
          <TextField label="Prompt" rows={6} value={form.prompt} onInput={(prompt) => change({ prompt })} />
        )}
        {form.kind === "ids" && (
          <TextField
            label="Token ids"
            rows={4}
            placeholder="1, 4874, 912"
            value={form.ids}
            onInput={(ids) => change({ ids })}
          />
        )}
        {form.kind === "score" && <ScoreInput form={form} change={change} />}
        <div class="numbers">
          <TextField
            label="Tolerance"
            placeholder="from the comparison"
            value={form.tolerance}
            onInput={(tolerance) => change({ tolerance })}
          />
          <TextField label="Tags" placeholder="nightly long" value={form.tags} onInput={(tags) => change({ tags })} />
        </div>
        <div class="spread">
          <button type="submit" class="button accent">
            Save
          </button>
          {before !== null && (
            <button type="button" class="button push" onClick={() => (sure ? void remove() : setSure(true))}>
              {sure ? "Delete for good" : "Delete\u2026"}
            </button>
          )}
        </div>
      </div>
      {problem !== null && <ProblemBox problem={problem} />}
    </form>
  )
}

const ScoreInput = ({ form, change }: { form: CaseForm; change: (part: Partial<CaseForm>) => void }) => (
  <>
    <TextField label="Query" rows={2} value={form.query} onInput={(query) => change({ query })} />
    <ItemsField form={form} onChange={change} />
    <LabelField labels={form.labels} onChange={(labels) => change({ labels })} />
    <div class="checks">
      {(["softmax", "itemFirst"] as const).map((key) => (
        <label class="check" key={key}>
          <input
            type="checkbox"
            checked={form[key]}
            onChange={(event) => change({ [key]: event.currentTarget.checked })}
          />
          {key === "softmax" ? "softmax over labels" : "item first"}
        </label>
      ))}
    </div>
  </>
)

const TextField = ({
  label,
  value,
  rows,
  placeholder,
  onInput
}: {
  label: string
  value: string
  rows?: number
  placeholder?: string
  onInput: (value: string) => void
}) => (
  <label class="field-group">
    <span>{label}</span>
    {rows === undefined ? (
      <input
        class="field"
        value={value}
        placeholder={placeholder}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    ) : (
      <textarea
        class="field"
        rows={rows}
        value={value}
        placeholder={placeholder}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    )}
  </label>
)

import { useState } from "preact/hooks"
import { curlCommand } from "../../model/playgroundCommands.ts"
import { copyText } from "../../model/notice.ts"
import type { Playground } from "../../model/playground.ts"
import { modes, readForm } from "../../model/playgroundForm.ts"
import { ProblemBox } from "../../parts/States.tsx"
import { Segments } from "../../parts/Segments.tsx"
import { BackendPicker } from "./BackendPicker.tsx"
import { BenchmarkFields } from "./BenchmarkFields.tsx"
import { GenerateFields } from "./GenerateFields.tsx"
import { modeNames } from "./modeNames.ts"
import { SaveCase } from "./SaveCase.tsx"
import { ScoreFields } from "./ScoreFields.tsx"

export const InputForm = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  const read = readForm(form)
  const problem = playground.problem.value
  const [saving, setSaving] = useState(false)
  const word = form.backends.length === 2 ? "both" : form.backends.length === 1 ? (form.backends[0] ?? "") : "all"
  return (
    <form
      class="card input-form"
      aria-label="Input"
      onSubmit={(event) => {
        event.preventDefault()
        void playground.runAll()
      }}
    >
      <div class="card-head">
        <h2>Input</h2>
        <span class="push">
          <Segments
            label="Mode"
            choices={modes.map((mode) => ({ value: mode, label: modeNames[mode] }))}
            value={form.mode}
            onChoose={(mode) => playground.change({ mode })}
          />
        </span>
      </div>
      <div class="card-body fields">
        <BackendPicker chosen={form.backends} onChoose={(backends) => playground.change({ backends })} />
        {form.mode === "score" && <ScoreFields playground={playground} />}
        {form.mode === "generate" && <GenerateFields playground={playground} />}
        {form.mode === "benchmark" && <BenchmarkFields playground={playground} />}
        <div class="spread">
          <button type="submit" class="button accent" disabled={playground.busy.value}>
            Run on {word} <kbd>Ctrl {"\u21b5"}</kbd>
          </button>
          {form.mode !== "benchmark" && (
            <button type="button" class="button" aria-expanded={saving} onClick={() => setSaving(!saving)}>
              Save as case
            </button>
          )}
          <button
            type="button"
            class="button push"
            title="Copy as curl"
            disabled={!read.ok}
            onClick={() => read.ok && void copyText(curlCommand(form.backends, read.value, location.origin), "curl")}
          >
            curl
          </button>
        </div>
        {saving && form.mode !== "benchmark" && <SaveCase playground={playground} onDone={() => setSaving(false)} />}
      </div>
      {problem !== null && <ProblemBox problem={problem} />}
    </form>
  )
}

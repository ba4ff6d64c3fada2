import type { Playground } from "../../model/playground.ts"
import { exampleForm } from "../../model/playgroundForm.ts"

const numbers = [
  { key: "maxNewTokens", label: "New tokens" },
  { key: "temperature", label: "Temperature" },
  { key: "seed", label: "Seed" },
  { key: "topLogprobs", label: "Alternatives" }
] as const

export const GenerateFields = ({ playground }: { playground: Playground }) => {
  const form = playground.form.value
  return (
    <>
      <div class="field-group">
        <div class="field-head">
          <label for="prompt">Prompt</label>
          {form.prompt === "" && (
            <button type="button" class="link push" onClick={() => playground.change({ prompt: exampleForm.prompt })}>
              fill in an example
            </button>
          )}
        </div>
        <textarea
          id="prompt"
          class="field"
          rows={8}
          value={form.prompt}
          onInput={(event) => playground.change({ prompt: event.currentTarget.value })}
        />
      </div>
      <div class="numbers">
        {numbers.map(({ key, label }) => (
          <label key={key} class="field-group">
            <span>{label}</span>
            <input
              class="field"
              inputMode="decimal"
              value={form[key]}
              placeholder={key === "seed" ? "none" : ""}
              onInput={(event) => playground.change({ [key]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
    </>
  )
}

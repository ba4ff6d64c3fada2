import { entrypointsOf } from "../../model/adapters.ts"
import type { Playground } from "../../model/playground.ts"
import { exampleForm } from "../../model/playgroundForm.ts"

/** The entrypoint is the engine's own, or the studio's `load`; so are its flags. */
export const BenchmarkFields = ({ playground }: { playground: Playground }) => {
  const { entrypoint, flags, backends } = playground.form.value
  const offered = [...new Set([entrypoint, ...entrypointsOf(backends)])]
  return (
    <>
      <label class="field-group">
        <span>Entrypoint</span>
        <select
          class="field"
          value={entrypoint}
          onChange={(event) => playground.change({ entrypoint: event.currentTarget.value })}
        >
          {offered.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <div class="field-group">
        <div class="field-head">
          <label for="flags">
            Flags <span class="faint">one a line, without dashes</span>
          </label>
          {flags === "" && (
            <button
              type="button"
              class="link push"
              onClick={() => playground.change({ entrypoint: "load", flags: exampleForm.flags })}
            >
              fill in an example
            </button>
          )}
        </div>
        <textarea
          id="flags"
          class="field mono"
          rows={8}
          spellcheck={false}
          value={flags}
          onInput={(event) => playground.change({ flags: event.currentTarget.value })}
        />
      </div>
    </>
  )
}

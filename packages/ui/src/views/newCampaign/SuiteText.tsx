import type { Problem } from "../../api/problem.ts"
import { useRef } from "preact/hooks"
import { plural } from "../../base/format.ts"

type Mistake = NonNullable<Problem["errors"]>[number]

/** More of them have one reason. */
const mostTold = 50

interface SuiteTextProps {
  readonly text: string
  readonly mistakes: readonly Mistake[]
  readonly onInput: (text: string) => void
}

/** The text of a suite with its lines numbered; what is wrong is marked beside its line and told below. */
export const SuiteText = ({ text, mistakes, onInput }: SuiteTextProps) => {
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLOListElement>(null)
  const wrong = new Set(mistakes.map(({ line }) => line))
  const go = ({ line = 1, column = 1 }: Mistake) => {
    const field = area.current
    if (field === null) return
    const [start, end] = spanOf(text, line, column)
    field.focus()
    field.setSelectionRange(start, end)
    field.scrollTop = (line - 4) * parseFloat(getComputedStyle(field).lineHeight)
  }
  return (
    <>
      <div class="suite-text">
        <ol class="suite-lines" ref={gutter} aria-hidden="true">
          {text.split("\n").map((_, index) => (
            <li key={index} class={wrong.has(index + 1) ? "wrong" : ""}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          aria-label="Suite"
          aria-invalid={mistakes.length > 0}
          aria-describedby="suite-mistakes"
          spellcheck={false}
          wrap="off"
          placeholder="suite: nightly&#10;cases: …"
          value={text}
          onInput={(event) => onInput(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      <div id="suite-mistakes" class="suite-mistakes" role="status">
        {mistakes.length > 0 && (
          <>
            <p class="bad">
              {"\u2715"} {plural(mistakes.length, "mistake")}
              {mistakes.length > mostTold && `, the first ${mostTold}:`}
            </p>
            <ul>
              {mistakes.slice(0, mostTold).map((mistake, index) => (
                <li key={index}>
                  {mistake.line !== undefined && (
                    <button type="button" class="link nowrap" onClick={() => go(mistake)}>
                      line {mistake.line}
                    </button>
                  )}
                  {mistake.path !== "" && <code class="tag">{mistake.path}</code>}
                  <span>{mistake.message}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  )
}

/** From a place to the end of its line. */
const spanOf = (text: string, line: number, column: number): readonly [number, number] => {
  const lines = text.split("\n")
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return [before + column - 1, before + (lines[line - 1]?.length ?? 0)]
}

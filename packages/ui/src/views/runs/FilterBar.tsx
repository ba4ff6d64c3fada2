import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import { savedFilters, toggleSavedFilter } from "../../model/savedFilters.ts"
import { filterWords, takeWord, type FilterValues } from "../../base/filterWords.ts"

interface FilterBarProps {
  readonly text: string
  readonly values: FilterValues
  /** The first change pushes, those that follow in one go replace it: back leads to what was before. */
  readonly onChange: (text: string, how: "push" | "replace") => void
}

/** `backend:jax status:failed words`, with offers for the word at the caret; takes effect a moment after the last key. */
export const FilterBar = ({ text, values, onChange }: FilterBarProps) => {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const [caret, setCaret] = useState(0)
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const own = useRef(text)
  const going = useRef(false)
  useEffect(() => {
    // A click on a backend or a tag changes the filter too; what is being typed is not overwritten by its own echo.
    if (text !== own.current) {
      setTyped(text)
      going.current = false
    }
    own.current = text
  }, [text])
  useEffect(() => {
    if (typed.trim() === own.current) return
    const timer = setTimeout(() => {
      own.current = typed.trim()
      onChange(typed, going.current ? "replace" : "push")
      going.current = true
    }, 200)
    return () => clearTimeout(timer)
  }, [typed])
  useLayoutEffect(() => {
    if (document.activeElement === field.current) field.current?.setSelectionRange(caret, caret)
  }, [caret])

  const words = filterWords(typed, caret, values, savedFilters.value)
  const kept = savedFilters.value.includes(text)
  const shown = open && words.options.length > 0
  const type = (value: string, place: number) => {
    setTyped(value)
    setCaret(place)
    setAt(-1)
    setOpen(true)
  }
  const take = (option: string | undefined) => {
    if (option === undefined) return
    const taken = takeWord(typed, words, option)
    type(taken.text, taken.caret)
  }
  /** On to the rows, or nowhere. */
  const leave = () => {
    field.current?.blur()
    field.current?.closest("section")?.querySelector<HTMLElement>("[role=region]")?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (shown) setOpen(false)
      else leave()
    } else if (event.key === "ArrowDown") {
      setOpen(true)
      setAt(shown ? (at + 1) % words.options.length : 0)
    } else if (event.key === "ArrowUp" && shown) setAt((at <= 0 ? words.options.length : at) - 1)
    else if (event.key === "Enter" && shown && at >= 0) take(words.options[at])
    else if (event.key === "Enter") setOpen(false)
    else return
    event.preventDefault()
  }
  return (
    <div class="filter">
      <input
        ref={field}
        class="field"
        data-filter
        type="text"
        role="combobox"
        aria-label="Filter runs"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls="filter-words"
        aria-activedescendant={shown && at >= 0 ? `filter-word-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="backend:jax status:failed since:24h   or any words   ( / )"
        value={typed}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false)
          going.current = false
        }}
        onInput={({ currentTarget }) => type(currentTarget.value, currentTarget.selectionStart ?? 0)}
        onClick={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
      />
      {text !== "" && (
        <button
          type="button"
          class="keep-filter"
          aria-pressed={kept}
          aria-label={kept ? "Forget this filter" : "Keep this filter"}
          title={kept ? "Forget this filter" : "Keep this filter: an empty field offers it"}
          onClick={() => toggleSavedFilter(text)}
        >
          {kept ? "\u2605" : "\u2606"}
        </button>
      )}
      <ul class="filter-words" id="filter-words" role="listbox" aria-label="What to filter by" hidden={!shown}>
        {words.options.map((option, index) => (
          <li
            key={option}
            id={`filter-word-${index}`}
            role="option"
            aria-selected={index === at}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            {option}
          </li>
        ))}
      </ul>
    </div>
  )
}

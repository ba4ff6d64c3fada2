import { useEffect, useRef, useState } from "preact/hooks"

/** `backend:jax status:failed words`; takes effect a moment after the last key. */
export const FilterBar = ({ text, onChange }: { text: string; onChange: (text: string) => void }) => {
  const [typed, setTyped] = useState(text)
  const own = useRef(text)
  useEffect(() => {
    // A click on a backend or a tag changes the filter too; what is being typed is not overwritten by its own echo.
    if (text !== own.current) setTyped(text)
    own.current = text
  }, [text])
  useEffect(() => {
    if (typed === own.current) return
    const timer = setTimeout(() => {
      own.current = typed.trim()
      onChange(typed)
    }, 200)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <input
      class="field filter"
      data-filter
      type="search"
      aria-label="Filter runs"
      placeholder="backend:jax status:failed tag:nightly   or any words   ( / )"
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
    />
  )
}

import { useEffect, useRef } from "preact/hooks"

/** A form that opens within the page: its first field takes the focus, Escape closes it, and the focus goes back. */
export const useInlinePanel = <T extends HTMLElement>(onClose: () => void) => {
  const ref = useRef<T>(null)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    ref.current?.querySelector<HTMLElement>("input, textarea")?.focus()
    return () => before?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return
    event.preventDefault()
    onClose()
  }
  return { ref, onKeyDown }
}

import { useRef } from "preact/hooks"
import { useFocusBack } from "./focusBack.ts"

/** A form that opens within the page: its first field takes the focus, Escape closes it, and the focus goes back. */
export const useInlinePanel = <T extends HTMLElement>(onClose: () => void) => {
  const ref = useRef<T>(null)
  useFocusBack(() => ref.current?.querySelector<HTMLElement>("input, textarea")?.focus())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return
    event.preventDefault()
    onClose()
  }
  return { ref, onKeyDown }
}

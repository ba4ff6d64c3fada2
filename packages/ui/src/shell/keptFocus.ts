import type { RefObject } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"

/** Of a group whose buttons come and go: the focus stays in it when the one that had it is gone. */
export const useKeptFocus = <T extends HTMLElement>(): RefObject<T | null> => {
  const group = useRef<T>(null)
  const held = group.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    if (!held || group.current?.contains(document.activeElement) === true) return
    group.current?.querySelector<HTMLElement>("button, a[href], [tabindex]")?.focus()
  })
  return group
}

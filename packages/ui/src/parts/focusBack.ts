import { useLayoutEffect } from "preact/hooks"

/**
 * Lets a part take the focus as soon as it is there, and gives it back when it is gone.
 *
 * Before the page is painted: whoever types right away types into the part, and what had the focus is still known.
 */
export const useFocusBack = (take: () => void) =>
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null
    take()
    return () => before?.focus()
  }, [])

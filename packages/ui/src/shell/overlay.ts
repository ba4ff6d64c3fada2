import { signal } from "@preact/signals"

type Overlay = "none" | "palette" | "help"

/** What lies over the page. */
export const overlay = signal<Overlay>("none")

/** A dialog tells that it was closed a moment later: by then another one may be open, and that one stays. */
export const closeOverlay = (which: Overlay): void => {
  if (overlay.peek() === which) overlay.value = "none"
}

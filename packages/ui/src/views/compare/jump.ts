import { setQuery } from "../../shell/router.ts"

/** A click that selects something and brings its panel into view. */
export const jump =
  (panel: string, select: Readonly<Record<string, string | null>>) =>
  (event: Event): void => {
    event.preventDefault()
    setQuery(select, "push")
    document.getElementById(panel)?.scrollIntoView({ behavior: "smooth", block: "start" })
  }

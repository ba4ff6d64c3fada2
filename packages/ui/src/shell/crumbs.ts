import { signal } from "@preact/signals"
import { useEffect } from "preact/hooks"

interface Crumb {
  readonly text: string
  readonly href?: string
}

/** Where the page is: links, then the thing itself, then what is said of it. */
export interface Crumbs {
  readonly trail: readonly Crumb[]
  readonly title: string
  readonly note?: string
}

export const crumbs = signal<Crumbs>({ trail: [], title: "SGLang Studio" })

/** Names the page in the top bar and in the tab. */
export const useCrumbs = (next: Crumbs): void => {
  useEffect(() => {
    crumbs.value = next
    document.title = `${next.title} \u00b7 SGLang Studio`
  }, [next.title, next.note])
}

import { signal } from "@preact/signals"

/** One line at the foot of the page that says what an action did. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: "plain" | "bad"
  /** Takes back what was done. */
  readonly undo: (() => void) | null
}

export const notices = signal<readonly Notice[]>([])

let last = 0

export const notify = (text: string, tone: Notice["tone"] = "plain", undo: Notice["undo"] = null): void => {
  const id = ++last
  notices.value = [...notices.value, { id, text, tone, undo }]
  setTimeout(() => dismiss(id), undo === null ? 5000 : 10_000)
}

export const dismiss = (id: number): void => {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** Puts text on the clipboard and says so. */
export const copyText = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    notify(`${what} copied`)
  } catch {
    notify(`${what} could not be copied: the browser refused the clipboard`, "bad")
  }
}

import { signal } from "@preact/signals"

/** One line at the foot of the page that says what an action did. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: "plain" | "bad"
}

export const notices = signal<readonly Notice[]>([])

let last = 0

export const notify = (text: string, tone: Notice["tone"] = "plain"): void => {
  const id = ++last
  notices.value = [...notices.value, { id, text, tone }]
  setTimeout(() => {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }, 5000)
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

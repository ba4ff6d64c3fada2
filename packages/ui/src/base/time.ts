import { significant } from "./format.ts"

/** Milliseconds in the unit a person would say: `54 ms`, `1.2 s`, `3 min 20 s`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${significant(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

export const elapsed = (from: string | null, to: string | null, now = Date.now()): number | null =>
  from === null ? null : (to === null ? now : Date.parse(to)) - Date.parse(from)

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" })
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" })

/** `24 Nov, 07:12:03` in local time. */
export const moment = (iso: string): string => {
  const date = new Date(iso)
  return `${day.format(date)}, ${clock.format(date)}`
}

/** `just now`, `4 min ago`, `3 h ago`, then the day. */
export const ago = (iso: string, now = Date.now()): string => {
  const seconds = (now - Date.parse(iso)) / 1000
  if (seconds < 10) return "just now"
  if (seconds < 60) return `${Math.floor(seconds)} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return day.format(new Date(iso))
}

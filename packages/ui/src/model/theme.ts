import { effect, signal } from "@preact/signals"

type Theme = "auto" | "light" | "dark"

const key = "studio-theme"

const stored = (): Theme => {
  const value = localStorage.getItem(key)
  return value === "light" || value === "dark" ? value : "auto"
}

const theme = signal<Theme>(stored())

const system = matchMedia("(prefers-color-scheme: dark)")
const systemDark = signal(system.matches)
system.addEventListener("change", (event) => {
  systemDark.value = event.matches
})

/** Whether the page is dark now: what canvases must redraw on. */
export const isDark = (): boolean => (theme.value === "auto" ? systemDark.value : theme.value === "dark")

export const nextTheme = (): void => {
  theme.value = isDark() ? "light" : "dark"
}

effect(() => {
  const chosen = theme.value
  if (chosen === "auto") document.documentElement.removeAttribute("data-theme")
  else document.documentElement.setAttribute("data-theme", chosen)
  localStorage.setItem(key, chosen)
})

import { plural } from "../base/format.ts"
import { connection, status } from "../model/live.ts"
import { lastOf } from "../model/load.ts"
import { isDark, nextTheme } from "../model/theme.ts"
import { crumbs } from "./crumbs.ts"
import { ThemeIcon } from "./icons.tsx"
import { overlay } from "./overlay.ts"

const words = { connecting: "connecting", live: "live", dropped: "stream dropped" } as const

export const TopBar = () => {
  const { trail, title, note } = crumbs.value
  const inFlight = lastOf(status.load.value)?.inFlight ?? 0
  return (
    <header class="top-bar">
      <div class="crumbs">
        {trail.map(({ text, href }) => (
          <span key={text}>
            {href === undefined ? text : <a href={href}>{text}</a>} <span aria-hidden="true">/</span>
          </span>
        ))}
        <h1 title={title}>{title}</h1>
        {note !== undefined && (
          <span class="cut">
            {"\u00b7"} {note}
          </span>
        )}
      </div>
      <span class={`connection push ${connection.value}`} role="status">
        {words[connection.value]}
      </span>
      <a class="muted nowrap" href="/runs?status=running">
        {plural(inFlight, "run")} in flight
      </a>
      <button
        type="button"
        class="button quiet small"
        onClick={nextTheme}
        aria-label={isDark() ? "Switch to light" : "Switch to dark"}
        title={isDark() ? "Switch to light" : "Switch to dark"}
      >
        <ThemeIcon />
      </button>
      <button type="button" aria-label="Ctrl K: open the command palette" onClick={() => (overlay.value = "palette")}>
        <kbd>Ctrl K</kbd>
      </button>
    </header>
  )
}

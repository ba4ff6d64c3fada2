import type { Provenance } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { shortId } from "../base/format.ts"
import { api } from "../api/client.ts"
import { toProblem } from "../api/problem.ts"
import { notify } from "../model/notice.ts"
import { nextTheme } from "../model/theme.ts"
import { OriginBadges } from "../parts/Badge.tsx"
import { Modal } from "../parts/Modal.tsx"
import { closeOverlay, overlay } from "./overlay.ts"
import { places } from "./Rail.tsx"
import { navigate } from "./router.ts"

interface Entry {
  readonly key: string
  readonly text: string
  readonly note: string
  readonly origins?: readonly Provenance[]
  readonly run: () => void
}

const fixed: readonly Entry[] = [
  ...places.map(({ href, name }) => ({ key: href, text: name, note: "screen", run: () => navigate(href) })),
  { key: "/dictionary", text: "Dictionary", note: "what a number means", run: () => navigate("/dictionary") },
  { key: "/campaigns/new", text: "New campaign", note: "action", run: () => navigate("/campaigns/new") },
  { key: "theme", text: "Switch between light and dark", note: "action", run: nextTheme },
  { key: "help", text: "Show the keys of this page", note: "?", run: () => (overlay.value = "help") }
]

/** What the studio holds, found by a few letters: screens, campaigns, comparisons, runs. */
const useFound = (text: string): readonly Entry[] => {
  const [found, setFound] = useState<readonly Entry[]>([])
  useEffect(() => {
    let current = true
    const search = async () => {
      const [runs, comparisons, campaigns] = await Promise.all([
        api.listRuns({ limit: 8, ...(text === "" ? {} : { q: text }) }),
        api.listComparisons(),
        api.listCampaigns({ runs: false })
      ])
      const needle = text.toLowerCase()
      const matches = (one: Entry) => `${one.text} ${one.key}`.toLowerCase().includes(needle)
      return [
        ...campaigns.items
          .map(({ id, suite, backends, provenances, verdict, status }) => ({
            key: id,
            text: `${suite} \u00b7 ${backends.join(" \u2192 ")}`,
            note: `${verdict?.outcome ?? status} \u00b7 campaign ${shortId(id)}`,
            origins: provenances,
            run: () => navigate(`/campaigns/${id}`)
          }))
          .filter(matches)
          .slice(0, 5),
        ...comparisons.items
          .map((one) => ({
            key: one.id,
            text: one.arms.map((arm) => arm.label).join(" \u2192 "),
            note: `${one.outcome} \u00b7 comparison`,
            origins: one.provenances,
            run: () => navigate(`/compare/${one.id}`)
          }))
          .filter(matches)
          .slice(0, 5),
        ...runs.items.map((one) => ({
          key: one.id,
          text: `${one.backend} \u00b7 ${one.title}`,
          note: `run ${shortId(one.id)}`,
          origins: [one.provenance],
          run: () => navigate(`/runs/${one.id}`)
        }))
      ]
    }
    const timer = setTimeout(() => {
      search().then(
        (entries) => current && setFound(entries),
        (thrown: unknown) => notify(toProblem(thrown).detail, "bad")
      )
    }, 120)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return found
}

export const Palette = () => {
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const found = useFound(text)
  const needle = text.toLowerCase()
  const entries = [...fixed.filter((one) => one.text.toLowerCase().includes(needle)), ...found]
  const chosen = Math.min(at, entries.length - 1)

  const close = () => closeOverlay("palette")
  const run = (entry: Entry | undefined) => {
    close()
    entry?.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") run(entries[chosen])
    else if (event.key === "ArrowDown") setAt(Math.min(entries.length - 1, chosen + 1))
    else if (event.key === "ArrowUp") setAt(Math.max(0, chosen - 1))
    else return
    event.preventDefault()
  }
  return (
    <Modal label="Command palette" onClose={close}>
      <input
        class="palette-input"
        placeholder="Go to a screen, a run, a campaign, a comparison…"
        aria-label="Search"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] === undefined ? undefined : `palette-${entries[chosen].key}`}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul class="palette-list" id="palette-list" role="listbox" aria-label="Found">
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`palette-${entry.key}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(entry)}
          >
            <span class="cut">{entry.text}</span>
            {entry.origins?.map((one) => (
              <OriginBadges key={one} provenance={one} imported={null} />
            ))}
            <span class="push faint nowrap">{entry.note}</span>
          </li>
        ))}
      </ul>
      {entries.length === 0 && (
        <p class="state muted" role="status">
          Nothing is called {"\u201c"}
          {text}
          {"\u201d"}: try fewer letters.
        </p>
      )}
    </Modal>
  )
}

import { dictionary, type DictionaryEntry } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { useCrumbs } from "../../shell/crumbs.ts"
import "./dictionary.css"

/** What every number and code on the other screens means; the part after # of the address names one. */
export const Dictionary = () => {
  useCrumbs({ trail: [], title: "Dictionary" })
  const [text, setText] = useState("")
  const named = useNamed()
  const parts = dictionary()
    .map((part) => ({ ...part, entries: part.entries.filter((entry) => says(entry, text)) }))
    .filter((part) => part.entries.length > 0)
  return (
    <>
      <div class="filter-bar">
        <input
          class="field"
          type="search"
          data-filter
          aria-label="Find a word"
          placeholder={"Find a word, such as ttft or batch\u2026"}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {parts.map(({ title, about, entries }) => (
        <section key={title} class="card" aria-label={title}>
          <div class="card-head">
            <h2>{title}</h2>
            <span class="note">{entries.length}</span>
          </div>
          <p class="card-body muted dictionary-about">{about}</p>
          <dl class="dictionary">
            {entries.map((entry) => (
              <Entry key={entry.name} entry={entry} isNamed={entry.name === named} />
            ))}
          </dl>
        </section>
      ))}
      {parts.length === 0 && (
        <section class="card">
          <p class="card-body muted">No word matches. A metric that is not listed here is explained by its adapter.</p>
        </section>
      )}
    </>
  )
}

const Entry = ({
  entry: { name, label, meaning, facts, peers },
  isNamed
}: {
  entry: DictionaryEntry
  isNamed: boolean
}) => (
  <div id={name} class={isNamed ? "named" : ""}>
    <dt>
      {label !== null && <strong>{label}</strong>}{" "}
      <a href={`#${name}`} aria-current={isNamed ? "location" : undefined}>
        <code>{name}</code>
      </a>
    </dt>
    <dd>
      <p>{meaning}</p>
      {facts.map(([word, said]) => (
        <p key={word} class="muted">
          {word}: {word === "formula" ? <code>{said}</code> : said}
        </p>
      ))}
      {peers.map(([peer, said]) => (
        <p key={peer} class="muted">
          <strong>{peer}</strong> {said}
        </p>
      ))}
    </dd>
  </div>
)

const says = ({ name, label, meaning }: DictionaryEntry, text: string): boolean =>
  `${name} ${label} ${meaning}`.toLowerCase().includes(text.trim().toLowerCase())

/** The word that the address names, brought into view: the page may have been built after the address was read. */
const useNamed = (): string => {
  const [named, setNamed] = useState(() => location.hash.slice(1))
  useEffect(() => {
    const read = () => setNamed(location.hash.slice(1))
    addEventListener("hashchange", read)
    return () => removeEventListener("hashchange", read)
  }, [])
  useEffect(() => {
    if (named !== "") document.getElementById(named)?.scrollIntoView({ block: "center" })
  }, [named])
  return named
}

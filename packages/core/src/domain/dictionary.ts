import { causeDefinitions } from "./causeDefinitions.ts"
import { findingDefinitions } from "./findingDefinitions.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"
import { metricDefinition, metricDefinitions } from "./metricDefinitions.ts"
import { parityDefinitions } from "./parityDefinitions.ts"

/** One word of the studio, ready to be printed; `name` is also its anchor. */
export interface DictionaryEntry {
  readonly name: string
  /** What it is called on screen, where that is not its name. */
  readonly label: string | null
  readonly meaning: string
  /** What else is to be said, each under a word: its formula, its unit, what to do next. */
  readonly facts: readonly (readonly [word: string, text: string])[]
  /** How others define what they call the same. */
  readonly peers: readonly (readonly [peer: string, text: string])[]
}

export interface DictionaryPart {
  readonly title: string
  readonly about: string
  readonly entries: readonly DictionaryEntry[]
}

/** Every number and code that the studio shows, with what it means. */
export const dictionary = (): readonly DictionaryPart[] => [
  {
    title: "Metrics of a run",
    about:
      "A run reports them by these names, of those with a value per request as NAME.mean, NAME.p50 and so on. The `definition` beside a value says who computed it.",
    entries: figures(metricDefinitions)
  },
  {
    title: "Figures of a comparison",
    about: "How far two sides are apart, over the same token ids and over the same score requests.",
    entries: figures(parityDefinitions)
  },
  {
    title: "Causes",
    about: "Why two sides part: the first rule that holds for the evidence.",
    entries: Object.entries(causeDefinitions).map(([name, { meaning, next }]) => plain(name, meaning, [["next", next]]))
  },
  {
    title: "Findings on a run",
    about: "Traps that were met while a run was measured. An error makes it invalid, a warning suspect.",
    entries: Object.entries(findingDefinitions).map(([name, meaning]) => plain(name, meaning))
  }
]

/** What a metric of a run or a figure of a comparison is; null for a name that only an adapter knows. */
export const definitionOf = (name: string): MetricDefinition | null =>
  metricDefinition(name) ?? parityDefinitions[name] ?? null

const plain = (name: string, meaning: string, facts: DictionaryEntry["facts"] = []): DictionaryEntry => ({
  name,
  label: null,
  meaning,
  facts,
  peers: []
})

const figures = (definitions: { readonly [name: string]: MetricDefinition | undefined }): DictionaryEntry[] =>
  Object.entries(definitions).flatMap(([name, known]) => {
    if (known === undefined) return []
    const { label, unit, better, meaning, formula, perRequest, peers = {} } = known
    return {
      name,
      label,
      meaning: better === null ? meaning : `${meaning} ${better === "lower" ? "Lower" : "Higher"} is better.`,
      facts: [
        ["formula", formula],
        ...(unit === "" ? [] : [["unit", unit] as const]),
        ...(perRequest ? [["per request", "yes"] as const] : [])
      ],
      peers: Object.entries(peers)
    }
  })

import { dictionary, type DictionaryEntry } from "../packages/core/src/domain/dictionary.ts"

/** docs/metrics.md: the dictionary of the studio, from the definitions in core. */
export const metricsPage = (): string =>
  `${[
    "# Metric dictionary",
    "Every number and code that the studio shows, by the name it has in JSON. Made from the definitions in core by\n`npm run -s docs`; the browser has the same under `/dictionary`, and every name on its screens leads there.",
    ...dictionary().flatMap(({ title, about, entries }) => [`## ${title}`, about, ...entries.map(entryText)])
  ].join("\n\n")}\n`

const entryText = ({ name, label, meaning, facts, peers }: DictionaryEntry): string =>
  [
    `### \`${name}\`\n`,
    `${label === null ? "" : `**${label}.** `}${meaning}\n`,
    ...facts.map(([word, text]) => `- ${word}: ${word === "formula" ? `\`${text}\`` : text}`),
    ...peers.map(([peer, text]) => `- ${peer}: ${text}`)
  ]
    .join("\n")
    .trimEnd()

import type { Importer } from "../../adapter/Adapter.ts"
import { broken, messageOf, show, type Law } from "../Law.ts"
import type { Subject } from "../Subject.ts"

const foreign = { name: "notes", files: [{ name: "notes.txt", text: "Remember the milk.\n" }] }

/** An importer leaves alone what is not its own. */
export const importLaws = ({ adapter }: Subject): readonly Law[] => [
  {
    name: "importers pass over files that are not theirs",
    when: async () => ((adapter.importers ?? []).length === 0 ? "the adapter has no importers" : null),
    check: async () => (adapter.importers ?? []).map(problemOf).find((problem) => problem !== null) ?? null
  }
]

const problemOf = (importer: Importer): string | null => {
  const fix = "Return null for files that do not look like yours; throw only for a broken file that does."
  const expected = `the importer "${importer.name}" to return null for a text file of someone else`
  try {
    const runs = importer.read(foreign)
    return runs === null ? null : broken({ expected, saw: show(runs), fix })
  } catch (error) {
    return broken({ expected, saw: `the error ${show(messageOf(error))}`, fix })
  }
}

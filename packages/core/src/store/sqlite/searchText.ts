import type { RunSummary } from "../../domain/run.ts"

/** What a search looks through. Bounded, so that it costs the same for a run with a book in its note. */
export const searchText = (run: Pick<RunSummary, "id" | "title" | "note" | "backend" | "tags">): string =>
  searchForm([run.id, run.backend, ...run.tags, run.title, run.note].join("\n").slice(0, 600))

/** Text as it is searched for: in lower case, and nothing that SQLite would cut short. */
export const searchForm = (text: string): string => text.toLowerCase().toWellFormed().replaceAll("\0", " ")

/**
 * A full-text query for what has all three-letter pieces of the text; empty when it has none. Texts that match may
 * still not have the whole in them: the pieces may stand apart, and of a long text only the first count.
 */
export const trigramsOf = (text: string): string => {
  const letters = Array.from(text)
  const pieces = letters.slice(0, mostPieces).flatMap((_, at) => {
    const piece = letters.slice(at, at + 3)
    return piece.length === 3 ? [`"${piece.join("").replaceAll('"', '""')}"`] : []
  })
  return pieces.join(" AND ")
}

const mostPieces = 32

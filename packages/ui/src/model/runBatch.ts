import type { Run } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { toProblem } from "../api/problem.ts"
import { plural } from "../base/format.ts"
import { notify } from "./notice.ts"
import { rememberRun } from "./runs.ts"

const atOnce = 6

/** Does the same to many runs, some at a time, and says how many it was done to and why not to the rest. */
const toEach = async (
  ids: readonly string[],
  done: string,
  act: (id: string) => Promise<Run>,
  undo: (() => void) | null = null
): Promise<void> => {
  const left = ids.values()
  const failures: string[] = []
  const work = async () => {
    for (const id of left) {
      try {
        rememberRun(await act(id))
      } catch (thrown) {
        failures.push(toProblem(thrown).detail)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const worked = ids.length - failures.length
  if (worked > 0) notify(`${plural(worked, "run")} ${done}`, "plain", undo)
  if (failures.length > 0) notify(`${plural(failures.length, "run")} not ${done}: ${failures[0]}`, "bad")
}

export const archiveRuns = (ids: readonly string[], archived: boolean, canUndo = true): Promise<void> =>
  toEach(
    ids,
    archived ? "archived" : "taken out of the archive",
    (id) => api.annotateRun({ id, archived }),
    canUndo ? () => void archiveRuns(ids, !archived, false) : null
  )

export const pinRuns = (ids: readonly string[]): Promise<void> =>
  toEach(ids, "pinned", (id) => api.annotateRun({ id, pinned: true }))

/** A finished run stays as it is. */
export const cancelRuns = (ids: readonly string[]): Promise<void> =>
  toEach(ids, "asked to end", (id) => api.cancelRun({ id }))

/** `nightly -old`: adds the first tag and takes away the second. */
export const tagRuns = (ids: readonly string[], words: string): Promise<void> => {
  const { added, removed } = readTagChange(words)
  return toEach(ids, "tagged", async (id) => {
    const { tags } = await api.getRun({ id })
    const kept = tags.filter((tag) => !removed.includes(tag) && !added.includes(tag))
    return api.annotateRun({ id, tags: [...kept, ...added] })
  })
}

const readTagChange = (text: string): { readonly added: readonly string[]; readonly removed: readonly string[] } => {
  const words = text.split(/[\s,]+/).filter(Boolean)
  return {
    added: words.filter((word) => !word.startsWith("-")),
    removed: words.flatMap((word) => (word.startsWith("-") ? [word.slice(1)] : []))
  }
}

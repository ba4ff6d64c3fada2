import type { RunSummary } from "@sglang-studio/core/domain"
import { useRef } from "preact/hooks"
import { api } from "../../api/client.ts"
import { attempt } from "../../model/attempt.ts"
import { compareArms } from "../../model/comparisons.ts"
import { notify } from "../../model/notice.ts"
import { archiveRuns, cancelRuns, pinRuns } from "../../model/runBatch.ts"
import { navigate } from "../../shell/router.ts"
import { armsOf } from "./armsOf.ts"
import type { Marked } from "./useMarked.ts"

/** What can be done with the marked runs. */
export interface Batch {
  compare(): void
  tag(): void
  pin(): void
  archive(): void
  cancel(): void
  clear(): void
}

type KnownRun = Pick<RunSummary, "id" | "backend">

export const useBatch = (
  marked: Marked,
  shown: readonly RunSummary[],
  { inArchive, refresh, askTags }: { inArchive: boolean; refresh: () => Promise<void>; askTags: () => void }
): Batch => {
  const seen = useRef(new Map<string, KnownRun>())
  for (const run of shown) seen.current.set(run.id, run)

  const compare = async () => {
    const runs = await Promise.all(marked.ids.map((id) => seen.current.get(id) ?? api.getRun({ id })))
    const made = await compareArms(armsOf(runs))
    navigate(`/compare/${made.id}`)
  }
  const withMarked = (act: () => void) => {
    if (marked.ids.length === 0) notify("Mark a run first: x marks the one under the cursor")
    else act()
  }
  const change = async (work: Promise<void>) => {
    await work
    await refresh()
  }
  return {
    compare: () =>
      marked.ids.length < 2 ? notify("Mark at least two runs: the first is the baseline") : void attempt(compare),
    tag: () => withMarked(askTags),
    pin: () => withMarked(() => void change(pinRuns(marked.ids))),
    archive: () =>
      withMarked(() => {
        void change(archiveRuns(marked.ids, !inArchive))
        marked.clear()
      }),
    cancel: () => withMarked(() => void change(cancelRuns(marked.ids))),
    clear: marked.clear
  }
}

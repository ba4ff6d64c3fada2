import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { filterKeys, filterText, readFilter, type RunFilter } from "../../base/runFilter.ts"
import { filterFaults, fixedValues, type FilterValues } from "../../base/filterWords.ts"
import { backends } from "../../model/backends.ts"
import { lastOf, type Load } from "../../model/load.ts"
import { tagRuns } from "../../model/runBatch.ts"
import { createRunList } from "../../model/runList.ts"
import { Empty, Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useRowKeys } from "../../shell/rowKeys.ts"
import { navigate, query, setQuery } from "../../shell/router.ts"
import { BatchBar } from "./BatchBar.tsx"
import { ColumnPicker } from "./ColumnPicker.tsx"
import { FilterBar } from "./FilterBar.tsx"
import { RunTable } from "./RunTable.tsx"
import { TagDialog } from "./TagDialog.tsx"
import { useBatch } from "./useBatch.ts"
import { useColumns } from "./useColumns.ts"
import { useMarked } from "./useMarked.ts"
import "./runs.css"

const fields = [...filterKeys, "q"] as const

const filterOf = (asked: URLSearchParams): RunFilter =>
  Object.fromEntries(fields.flatMap((key) => (asked.get(key) ? [[key, asked.get(key)]] : [])))

export const RunList = () => {
  useCrumbs({ trail: [], title: "Runs" })
  const filter = filterOf(query.value)
  const key = filterText(filter)
  const after = query.value.get("after")
  const list = useMemo(() => createRunList(readFilter(key), after), [key, after])
  useEffect(() => list.dispose, [list])
  const [tagging, setTagging] = useState(false)
  const load = useSettled(list.load.value)
  const page = lastOf(load)
  const items = page?.items ?? []
  const marked = useMarked()
  const columns = useColumns()
  const inArchive = filter.archived === "true"
  const batch = useBatch(marked, items, { inArchive, refresh: list.refresh, askTags: () => setTagging(true) })
  const older = () => page?.nextCursor && setQuery({ after: page.nextCursor }, "push")
  const newest = () => after !== null && setQuery({ after: null }, "push")
  const cursor = useRowKeys(
    items.length,
    (index) => navigate(`/runs/${items[index]?.id}`),
    (at) => [
      { key: "x", does: "mark the row", run: () => items[at] && marked.toggle(items[at].id) },
      { key: "X", does: "mark the page", run: () => marked.toggleAll(items.map((run) => run.id)) },
      { key: "c", does: "compare what is marked, the first is the baseline", run: batch.compare },
      { key: "t", does: "tag what is marked", run: batch.tag },
      { key: "p", does: "pin what is marked", run: batch.pin },
      { key: "e", does: "archive what is marked", run: batch.archive },
      { key: "]", does: "older runs", run: () => void older() },
      { key: "[", does: "newest runs", run: () => void newest() }
    ]
  )
  const narrow = (change: RunFilter, how: "push" | "replace" = "push") =>
    setQuery({ after: null, ...Object.fromEntries(fields.map((one) => [one, change[one] ?? null])) }, how)
  return (
    <section class="card">
      <div class="card-head">
        <FilterBar text={key} values={useFilterValues(items)} onChange={(text, how) => narrow(readFilter(text), how)} />
        <BatchBar count={marked.ids.length} batch={batch} archive={inArchive} />
        <ColumnPicker columns={columns} />
      </div>
      <Loading load={load} onRetry={() => void list.refresh()} lines={9}>
        {({ nextCursor }) =>
          items.length === 0 ? (
            <NoRuns filter={filter} onShowAll={() => narrow({})} />
          ) : (
            <>
              <RunTable
                runs={items}
                columns={columns}
                cursor={cursor}
                marked={marked}
                onNarrow={(change) => narrow({ ...filter, ...change })}
              />
              {(nextCursor !== null || after !== null) && (
                <nav class="run-pages" aria-label="Pages">
                  <button type="button" class="button small" disabled={after === null} onClick={newest}>
                    Newest <kbd>[</kbd>
                  </button>
                  <button type="button" class="button small" disabled={nextCursor === null} onClick={older}>
                    Older <kbd>]</kbd>
                  </button>
                </nav>
              )}
            </>
          )
        }
      </Loading>
      {tagging && (
        <TagDialog
          count={marked.ids.length}
          onTag={(words) => void tagRuns(marked.ids, words).then(list.refresh)}
          onClose={() => setTagging(false)}
        />
      )}
    </section>
  )
}

/** The page before stays until the next one is here, so that nothing jumps. */
const useSettled = <T,>(load: Load<T>): Load<T> => {
  const last = useRef(load)
  if (load.state !== "loading") last.current = load
  return last.current
}

const NoRuns = ({ filter, onShowAll }: { filter: RunFilter; onShowAll: () => void }) =>
  Object.keys(filter).length > 0 ? (
    <Empty title="No run matches this filter">
      {filterFaults(filter).map((fault) => (
        <span key={fault} class="filter-fault">
          {fault}
        </span>
      ))}
      <button type="button" class="link" onClick={onShowAll}>
        Show all runs
      </button>
    </Empty>
  ) : (
    <Empty
      title="No run is stored yet"
      command="studio score --backend fake=mock:clean --query Q --item A --label ' yes'"
    >
      Start one in the{" "}
      <a class="link" href="/playground">
        Playground
      </a>
      , or from the command line:
    </Empty>
  )

/** What is configured and what the page shows can be filtered by. */
const useFilterValues = (items: readonly { backend: string; tags: readonly string[] }[]): FilterValues =>
  useMemo(() => {
    const tags = [...new Set(items.flatMap((run) => run.tags))].toSorted()
    const named = lastOf(backends.load.value)?.items.map((backend) => backend.name) ?? []
    return {
      ...fixedValues,
      backend: [...new Set([...named, ...items.map((run) => run.backend)])],
      tag: tags.filter((tag) => !tag.startsWith("suite:")),
      suite: tags.flatMap((tag) => (tag.startsWith("suite:") ? [tag.slice("suite:".length)] : []))
    }
  }, [items, backends.load.value])

import type { RunSummary } from "@sglang-studio/core/domain"
import { useEffect, useMemo, useState } from "preact/hooks"
import { toProblem } from "../../api/problem.ts"
import { shortId } from "../../base/format.ts"
import { filterKeys, filterText, readFilter, type RunFilter } from "../../base/runFilter.ts"
import { ago, duration, elapsed, moment } from "../../base/time.ts"
import { compareArms } from "../../model/comparisons.ts"
import { lastOf } from "../../model/load.ts"
import { notify } from "../../model/notice.ts"
import { createRunList } from "../../model/runList.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Empty, Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useRowKeys } from "../../shell/rowKeys.ts"
import { navigate, query, setQuery } from "../../shell/router.ts"
import { armsOf } from "./armsOf.ts"
import { FilterBar } from "./FilterBar.tsx"
import "./runs.css"

const filterOf = (asked: URLSearchParams): RunFilter =>
  Object.fromEntries([...filterKeys, "q" as const].flatMap((key) => (asked.get(key) ? [[key, asked.get(key)]] : [])))

export const RunList = () => {
  useCrumbs({ trail: [], title: "Runs" })
  const filter = filterOf(query.value)
  const key = filterText(filter)
  const list = useMemo(() => createRunList(readFilter(key)), [key])
  useEffect(() => list.dispose, [list])
  const [selected, setSelected] = useState<readonly string[]>(() => query.peek().get("select")?.split(",") ?? [])
  const load = list.load.value
  const items = lastOf(load)?.items ?? []
  const toggle = (id: string) =>
    setSelected(selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id])
  const compare = async () => {
    const chosen = selected.flatMap((id) => items.filter((run) => run.id === id))
    if (chosen.length < 2) return notify("Mark at least two runs: the first is the baseline")
    try {
      const made = await compareArms(armsOf(chosen))
      navigate(`/compare/${made.id}`)
    } catch (thrown) {
      notify(toProblem(thrown).detail, "bad")
    }
  }
  const cursor = useRowKeys(
    items.length,
    (index) => navigate(`/runs/${items[index]?.id}`),
    (at) => [
      { key: "x", does: "mark the row", run: () => items[at] && toggle(items[at].id) },
      { key: "c", does: "compare what is marked, the first is the baseline", run: () => void compare() }
    ]
  )
  const narrow = (change: RunFilter) =>
    setQuery(Object.fromEntries([...filterKeys, "q" as const].map((one) => [one, change[one] ?? null])), "replace")
  return (
    <section class="card">
      <div class="card-head">
        <FilterBar text={key} onChange={(text) => narrow(readFilter(text))} />
        <span class="push spread">
          {selected.length > 0 && <span class="muted">{selected.length} marked</span>}
          {selected.length > 0 && (
            <button type="button" class="button quiet small" onClick={() => setSelected([])}>
              Clear
            </button>
          )}
          <button type="button" class="button" disabled={selected.length < 2} onClick={() => void compare()}>
            Compare <kbd>c</kbd>
          </button>
        </span>
      </div>
      <Loading load={load} onRetry={() => void list.refresh()} lines={9}>
        {(page) =>
          page.items.length === 0 ? (
            key === "" ? (
              <Empty
                title="No run is stored yet"
                command="npx studio score --backend fake=mock:clean --query Q --item A --label ' yes'"
              >
                Start one in the{" "}
                <a class="link" href="/playground">
                  Playground
                </a>
                , or from the command line:
              </Empty>
            ) : (
              <Empty title="No run matches this filter">
                <button type="button" class="link" onClick={() => narrow({})}>
                  Show all runs
                </button>
              </Empty>
            )
          ) : (
            <>
              <div class="scroll-x" tabIndex={0} role="region" aria-label="Runs">
                <table class="rows runs">
                  <thead>
                    <tr>
                      <th>
                        <span class="visually-hidden">marked</span>
                      </th>
                      <th>status</th>
                      <th>run</th>
                      <th>backend</th>
                      <th>what was asked</th>
                      <th>validity</th>
                      <th>tags</th>
                      <th class="number">took</th>
                      <th class="number">when</th>
                    </tr>
                  </thead>
                  <tbody>
                    {page.items.map((run, index) => (
                      <Row
                        key={run.id}
                        run={run}
                        cursor={index === cursor}
                        marked={selected.indexOf(run.id)}
                        onToggle={() => toggle(run.id)}
                        onNarrow={(change) => narrow({ ...filter, ...change })}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
              {page.nextCursor !== null && (
                <p class="more-runs">
                  <button type="button" class="button" disabled={list.more.value} onClick={() => void list.loadMore()}>
                    {list.more.value ? "Loading\u2026" : "Older runs"}
                  </button>
                </p>
              )}
            </>
          )
        }
      </Loading>
    </section>
  )
}

interface RowProps {
  readonly run: RunSummary
  readonly cursor: boolean
  /** Its place among the marked runs; -1 = not marked. */
  readonly marked: number
  readonly onToggle: () => void
  readonly onNarrow: (change: RunFilter) => void
}

const Row = ({ run, cursor, marked, onToggle, onNarrow }: RowProps) => {
  const took = run.imported === null ? elapsed(run.startedAt, run.finishedAt) : null
  return (
    <tr class={cursor ? "cursor" : ""} aria-selected={marked >= 0 || cursor}>
      <td>
        <input type="checkbox" aria-label={`Mark run ${shortId(run.id)}`} checked={marked >= 0} onChange={onToggle} />
        {marked === 0 && <span class="faint base-mark">base</span>}
      </td>
      <td>
        <Badge kind={run.status} />
      </td>
      <td>
        <a class="mono link" href={`/runs/${run.id}`} title={run.id}>
          {shortId(run.id)}
        </a>
        {run.pinned && <span title="pinned"> {"\u25c6"}</span>}
      </td>
      <td class="nowrap">
        <button
          type="button"
          class="narrow-to"
          title={`Only ${run.backend}`}
          onClick={() => onNarrow({ backend: run.backend })}
        >
          {run.backend}
        </button>{" "}
        <OriginBadges provenance={run.provenance} imported={run.imported} />
      </td>
      <td class="cut asked-cell" title={run.title}>
        <a href={`/runs/${run.id}`}>{run.title}</a>
        {run.error !== null && <span class="bad"> {run.error.code}</span>}
      </td>
      <td>
        {run.validity !== "valid" ? (
          <Badge kind={run.validity} />
        ) : (
          <span class="faint">{run.status === "succeeded" ? "valid" : "\u2014"}</span>
        )}
      </td>
      <td class="nowrap">
        {run.tags.slice(0, 3).map((tag) => (
          <button type="button" key={tag} class="tag narrow-to" title={`Only ${tag}`} onClick={() => onNarrow({ tag })}>
            {tag}
          </button>
        ))}
      </td>
      <td class="number muted nowrap">{took === null ? "\u2014" : duration(took)}</td>
      <td class="number muted nowrap" title={moment(run.createdAt)}>
        {ago(run.createdAt)}
      </td>
    </tr>
  )
}

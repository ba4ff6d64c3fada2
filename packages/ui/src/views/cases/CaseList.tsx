import type { ParityCase } from "@sglang-studio/core/domain"
import { useEffect, useMemo, useState } from "preact/hooks"
import type { Problem } from "../../api/problem.ts"
import { plural } from "../../base/format.ts"
import { caseText } from "../../model/caseForm.ts"
import { cases } from "../../model/cases.ts"
import { followCheck } from "../../model/checkRun.ts"
import { lastOf } from "../../model/load.ts"
import { Empty, Loading, ProblemBox } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useKeys } from "../../shell/keys.ts"
import { query, setQuery } from "../../shell/router.ts"
import { useRowKeys } from "../../shell/rowKeys.ts"
import { CaseEditor } from "./CaseEditor.tsx"
import { filterCases } from "./caseFilter.ts"
import { CaseTable } from "./CaseTable.tsx"
import { ImportExport, takeFile } from "./ImportExport.tsx"
import { RunBar } from "./RunBar.tsx"
import "../playground/playground.css"
import "./cases.css"

/** Stored parity cases; the filter, the chosen backends, the check and the case in the editor are in the address. */
export const CaseList = () => {
  useCrumbs({ trail: [], title: "Cases" })
  const asked = query.value
  const filter = asked.get("q") ?? ""
  const open = asked.get("edit")
  const chosen = (asked.get("backends") ?? "").split(",").filter(Boolean)
  const self = asked.get("self") === "1"
  const [problem, setProblem] = useState<Problem | null>(null)

  const check = useMemo(() => followCheck(() => void cases.refresh()), [])
  useEffect(() => {
    const id = query.peek().get("check")
    if (id !== null) void check.follow(id)
    return check.dispose
  }, [check])
  const checkId = check.state.value?.id ?? null
  useEffect(() => {
    if (checkId !== null) setQuery({ check: checkId })
  }, [checkId])

  const load = cases.load.value
  const all = lastOf(load)?.items ?? []
  const listed = filterCases(all, filter, caseText)
  const tag = /^tag:(\S+)$/.exec(filter.trim())?.[1]
  const start = (which: { readonly ids?: readonly string[]; readonly tag?: string }) =>
    void check.start({ backends: chosen, ...(self && { self }), ...which })
  const runListed = () =>
    start(filter.trim() === "" ? {} : tag === undefined ? { ids: listed.map((one) => one.id) } : { tag })

  const cursor = useRowKeys(
    listed.length,
    (index) => setQuery({ edit: listed[index]?.id ?? null }),
    (at) => [
      { key: "Enter", does: "edit the case", run: () => setQuery({ edit: listed[at]?.id ?? null }) },
      { key: "n", does: "new case", run: () => setQuery({ edit: "new" }) }
    ]
  )
  useKeys([
    { key: "r", does: "run the listed cases", run: () => chosen.length > 0 && listed.length > 0 && runListed() }
  ])
  const edited = all.find((one) => one.id === open || one.name === open) ?? null
  return (
    <>
      <RunBar
        chosen={chosen}
        self={self}
        count={listed.length}
        what={filter.trim() === "" ? "all" : tag === undefined ? "these" : `tag ${tag}`}
        check={check}
        onChoose={(names) => setQuery({ backends: names.join(",") })}
        onSelf={(on) => setQuery({ self: on ? "1" : null })}
        onRun={runListed}
      />
      <div class={open === null ? "" : "case-split"}>
        <section
          class="card"
          aria-label="Cases"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            void takeFile(event.dataTransfer?.files[0]).then(setProblem)
          }}
        >
          <div class="card-head">
            <h2>Cases</h2>
            <input
              class="field case-filter"
              data-filter
              aria-label="Filter cases"
              placeholder="tag:nightly refund"
              value={filter}
              onInput={(event) => setQuery({ q: event.currentTarget.value })}
            />
            <span class="note">
              {load.state === "ready" &&
                (listed.length === all.length ? plural(all.length, "case") : `${listed.length} of ${all.length}`)}
            </span>
            <span class="push spread">
              <ImportExport onProblem={setProblem} />
              <button type="button" class="button" onClick={() => setQuery({ edit: "new" })}>
                New <kbd>n</kbd>
              </button>
            </span>
          </div>
          {problem !== null && <ProblemBox problem={problem} onRetry={() => setProblem(null)} />}
          <Loading load={load} onRetry={() => void cases.refresh()}>
            {() => (
              <Listed all={all} listed={listed}>
                <CaseTable
                  listed={listed}
                  cursor={cursor}
                  open={edited?.id ?? null}
                  canRun={chosen.length > 1 || (self && chosen.length > 0)}
                  onOpen={(id) => setQuery({ edit: id })}
                  onTag={(name) => setQuery({ q: `tag:${name}` })}
                  onRun={(id) => start({ ids: [id] })}
                />
              </Listed>
            )}
          </Loading>
        </section>
        {open !== null && load.state !== "loading" && (open === "new" || edited !== null) && (
          <CaseEditor
            key={edited?.id ?? "new"}
            before={edited}
            onSaved={(id) => setQuery({ edit: id })}
            onClose={() => setQuery({ edit: null })}
          />
        )}
      </div>
    </>
  )
}

const Listed = ({
  all,
  listed,
  children
}: {
  all: readonly ParityCase[]
  listed: readonly ParityCase[]
  children: preact.ComponentChildren
}) => {
  if (all.length === 0)
    return (
      <Empty title="No case is stored" command="studio cases import prompts.jsonl">
        A case is an input whose answer two backends should share. Write one with New, drop a JSONL file here, or save
        one from the Playground.
      </Empty>
    )
  if (listed.length === 0) return <Empty title="No case matches">Change the filter; tag:NAME shows one tag.</Empty>
  return <>{children}</>
}

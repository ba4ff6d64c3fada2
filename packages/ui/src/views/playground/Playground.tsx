import { useEffect, useMemo } from "preact/hooks"
import { createPlayground } from "../../model/playground.ts"
import { formFromQuery, formToQuery } from "../../model/playgroundAddress.ts"
import { backends } from "../../model/backends.ts"
import { lastBackends } from "../../model/lastBackends.ts"
import { lastOf } from "../../model/load.ts"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useKeys } from "../../shell/keys.ts"
import { navigate, query, setQuery } from "../../shell/router.ts"
import { InputForm } from "./InputForm.tsx"
import { modeNames } from "./modeNames.ts"
import { Results } from "./Results.tsx"
import "./playground.css"

export const Playground = () => {
  const playground = useMemo(() => {
    const asked = query.peek()
    return createPlayground({
      form: formFromQuery(asked),
      caseName: asked.get("case"),
      runIds: asked.get("runs")?.split(",").filter(Boolean) ?? [],
      comparisonId: asked.get("comparison")
    })
  }, [])
  useEffect(() => playground.dispose, [playground])
  const caseName = playground.caseName.value
  useCrumbs({
    trail: [{ text: "Playground", href: "/playground" }],
    title: modeNames[playground.form.value.mode],
    note: caseName ?? "unsaved"
  })

  const form = playground.form.value
  const runs = playground.runIds.value
  const comparison = playground.comparisonId.value
  useEffect(() => {
    setQuery({ ...formToQuery(form), runs: runs.length === 0 ? null : runs.join(","), comparison, case: caseName })
  }, [form, runs, comparison, caseName])

  const known = lastOf(backends.load.value)?.items
  useEffect(() => {
    if (known === undefined || form.backends.length > 0) return
    const likely = known.toSorted((a, b) => Number(b.probe?.reachable ?? false) - Number(a.probe?.reachable ?? false))
    const names = likely.map((one) => one.name)
    const last = lastBackends(names)
    playground.change({ backends: last.length > 0 ? last : names.slice(0, 2) })
  }, [known === undefined])

  useKeys([
    { key: "Ctrl-Enter", does: "run on all backends", run: () => void playground.runAll() },
    { key: "c", does: "open the comparison", run: () => comparison !== null && navigate(`/compare/${comparison}`) }
  ])
  return (
    <div class="playground">
      <InputForm playground={playground} />
      <Results playground={playground} />
    </div>
  )
}

import type { ComponentChildren } from "preact"
import { useEffect, useErrorBoundary } from "preact/hooks"
import { toProblem } from "../api/problem.ts"
import { backends } from "../model/backends.ts"
import { connection } from "../model/live.ts"
import { dismiss, notices } from "../model/notice.ts"
import { Empty, ProblemBox, Skeleton } from "../parts/States.tsx"
import { BackendList } from "../views/backends/BackendList.tsx"
import { CampaignPage } from "../views/campaign/CampaignPage.tsx"
import { CampaignList } from "../views/campaigns/CampaignList.tsx"
import { CaseList } from "../views/cases/CaseList.tsx"
import { ComparisonList } from "../views/compare/ComparisonList.tsx"
import { ComparisonPage } from "../views/compare/ComparisonPage.tsx"
import { Dictionary } from "../views/dictionary/Dictionary.tsx"
import { NewCampaign } from "../views/newCampaign/NewCampaign.tsx"
import { Playground } from "../views/playground/Playground.tsx"
import { RunPage } from "../views/run/RunPage.tsx"
import { RunList } from "../views/runs/RunList.tsx"
import { useCrumbs } from "./crumbs.ts"
import { Help } from "./Help.tsx"
import { Home } from "./Home.tsx"
import { useKeys } from "./keys.ts"
import { overlay } from "./overlay.ts"
import { Palette } from "./Palette.tsx"
import { Rail } from "./Rail.tsx"
import { route } from "./router.ts"
import { TopBar } from "./TopBar.tsx"

const Screen = () => {
  const at = route.value
  switch (at.screen) {
    case "home":
      return <Home />
    case "playground":
      return <WithBackends>{() => <Playground />}</WithBackends>
    case "comparisons":
      return <ComparisonList />
    case "comparison":
      return <ComparisonPage key={at.id} id={at.id} />
    case "runs":
      return <RunList />
    case "run":
      return <RunPage key={at.id} id={at.id} />
    case "campaigns":
      return <CampaignList />
    case "new-campaign":
      return <WithBackends>{() => <NewCampaign />}</WithBackends>
    case "campaign":
      return <CampaignPage key={at.id} id={at.id} />
    case "cases":
      return <WithBackends>{() => <CaseList />}</WithBackends>
    case "backends":
      return <BackendList />
    case "dictionary":
      return <Dictionary />
    case "lost":
      return <Lost path={at.path} />
  }
}

/** A form that begins with the backends waits for them, so that they do not push it down when they come. */
const WithBackends = ({ children }: { children: () => ComponentChildren }) =>
  backends.load.value.state === "loading" ? (
    <section class="card">
      <Skeleton lines={10} />
    </section>
  ) : (
    <>{children()}</>
  )

const Lost = ({ path }: { path: string }) => {
  useCrumbs({ trail: [], title: "no such page" })
  return (
    <section class="card">
      <Empty title={`There is no page ${path}`}>
        The screens are in the rail on the left; Ctrl K finds runs and comparisons.
      </Empty>
    </section>
  )
}

/** A screen that breaks says so in its place; the rail still leads elsewhere. */
const Guarded = () => {
  const [thrown, again] = useErrorBoundary()
  return thrown === undefined ? (
    <Screen />
  ) : (
    <section class="card">
      <ProblemBox problem={toProblem(thrown)} onRetry={again} />
    </section>
  )
}

export const App = () => {
  useKeys([
    { key: "?", does: "show these keys", run: () => (overlay.value = "help") },
    { key: "Ctrl-k", does: "command palette", run: () => (overlay.value = "palette") },
    { key: "/", does: "go to the filter", run: () => document.querySelector<HTMLElement>("[data-filter]")?.focus() }
  ])
  useEffect(() => {
    overlay.value = "none"
  }, [route.value])
  return (
    <div class="shell">
      <Rail />
      <div>
        <TopBar />
        {connection.value === "dropped" && (
          <div class="stale" role="status">
            ~ The event stream has dropped: what you see may be out of date. Reconnecting…
          </div>
        )}
        <main class="page">
          <Guarded key={location.pathname} />
        </main>
      </div>
      {overlay.value === "help" && <Help />}
      {overlay.value === "palette" && <Palette />}
      <div class="notices" aria-live="polite">
        {notices.value.map((notice) => (
          <div key={notice.id} class={`notice ${notice.tone}`}>
            {notice.text}
            {notice.undo !== null && (
              <button
                type="button"
                onClick={() => {
                  dismiss(notice.id)
                  notice.undo?.()
                }}
              >
                Undo
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

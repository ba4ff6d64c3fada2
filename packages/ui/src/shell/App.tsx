import { useEffect } from "preact/hooks"
import { connection } from "../model/live.ts"
import { notices } from "../model/notice.ts"
import { Empty } from "../parts/States.tsx"
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
      return <Playground />
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
      return <NewCampaign />
    case "campaign":
      return <CampaignPage key={at.id} id={at.id} />
    case "cases":
      return <CaseList />
    case "backends":
      return <BackendList />
    case "dictionary":
      return <Dictionary />
    case "lost":
      return (
        <section class="card">
          <Empty title={`There is no page ${at.path}`}>
            The screens are in the rail on the left; Ctrl K finds runs and comparisons.
          </Empty>
        </section>
      )
  }
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
          <Screen />
        </main>
      </div>
      {overlay.value === "help" && <Help />}
      {overlay.value === "palette" && <Palette />}
      <div class="notices" aria-live="polite">
        {notices.value.map((notice) => (
          <div key={notice.id} class={`notice ${notice.tone}`}>
            {notice.text}
          </div>
        ))}
      </div>
    </div>
  )
}

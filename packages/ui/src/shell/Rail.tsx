import type { FunctionComponent } from "preact"
import { bytes, count } from "../base/format.ts"
import { status } from "../model/live.ts"
import { lastOf } from "../model/load.ts"
import { BackendsIcon, CampaignsIcon, CasesIcon, CompareIcon, PlayIcon, RunsIcon } from "./icons.tsx"
import { route, type Route } from "./router.ts"

interface Place {
  readonly href: string
  readonly name: string
  readonly icon: FunctionComponent
  readonly screens: readonly Route["screen"][]
  /** What of the status stands beside its name. */
  readonly counted?: "runs" | "campaigns"
}

export const places: readonly Place[] = [
  { href: "/playground", name: "Playground", icon: PlayIcon, screens: ["playground"] },
  { href: "/compare", name: "Compare", icon: CompareIcon, screens: ["comparisons", "comparison"] },
  { href: "/runs", name: "Runs", icon: RunsIcon, screens: ["runs", "run"], counted: "runs" },
  {
    href: "/campaigns",
    name: "Campaigns",
    icon: CampaignsIcon,
    screens: ["campaigns", "new-campaign", "campaign"],
    counted: "campaigns"
  },
  { href: "/cases", name: "Cases", icon: CasesIcon, screens: ["cases"] },
  { href: "/backends", name: "Backends", icon: BackendsIcon, screens: ["backends"] }
]

export const Rail = () => {
  const now = lastOf(status.load.value)
  const { screen } = route.value
  return (
    <nav class="rail" aria-label="Screens">
      <a class="brand" href="/" aria-label="SGLang Studio">
        <span class="brand-mark" />
        <span>SGLang Studio</span>
      </a>
      {places.map(({ href, name, icon: Icon, screens, counted }) => (
        <a
          key={href}
          class="rail-link"
          href={href}
          title={name}
          aria-current={screens.includes(screen) ? "page" : undefined}
        >
          <Icon />
          <span>{name}</span>
          {now !== null && counted !== undefined && <span class="rail-count">{count(now[counted])}</span>}
        </a>
      ))}
      <div class="rail-foot">
        <div>
          <a class="link" href="/dictionary" aria-current={screen === "dictionary" ? "page" : undefined}>
            Dictionary
          </a>
        </div>
        {now !== null && (
          <>
            <div class="cut" title={now.dataDir}>
              {now.dataDir.split("/").slice(-1)[0]} {"\u00b7"} {bytes(now.sizeBytes)}
            </div>
            <div>
              v{now.version} {"\u00b7"} {location.host}
            </div>
          </>
        )}
      </div>
    </nav>
  )
}

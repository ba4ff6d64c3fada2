import type { Campaign, CampaignRun } from "@sglang-studio/core/domain"
import { isFinished } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import { roughTime } from "./outcome.ts"

/**
 * Shows on stderr how far a campaign is, and how long it will take: one line that keeps changing on a terminal, a line
 * per finished run elsewhere.
 */
export function showCampaign(quiet: boolean): { show(campaign: Campaign): void; end(): void } {
  if (quiet) return { show: () => {}, end: () => {} }
  const live = process.stderr.isTTY
  const told = new Set<string>()
  let first = true
  return {
    show: (campaign) => {
      const { id, suite, runs } = campaign
      if (first) process.stderr.write(`campaign ${id} of ${suite}; if it is cut off: studio run --resume ${id}\n`)
      const fresh = runs.filter((run) => isDone(run) && !told.has(run.key))
      for (const run of fresh) told.add(run.key)
      if (live) process.stderr.write(`\r\u001b[K${progressLine(campaign)}`)
      // What was made before this sitting is no news.
      else if (!first) for (const run of fresh) process.stderr.write(`${runLine(run)} (${progressLine(campaign)})\n`)
      first = false
    },
    end: () => {
      if (live) process.stderr.write("\r\u001b[K")
    }
  }
}

const isDone = ({ status }: CampaignRun): boolean => status === "succeeded" || status === "failed"

const progressLine = ({ progress: { done, total, etaMs }, runs }: Campaign): string => {
  const now = runs.find(({ status }) => status !== "planned" && status !== "skipped" && !isFinished(status))
  const left = etaMs === null ? "" : `, ${roughTime(etaMs)} left`
  return `${done} of ${count(total, "run")}${left}${now === undefined ? "" : `, now ${now.key}`}`
}

const runLine = ({ key, status, durationMs, validity }: CampaignRun): string =>
  `${key} ${status}${durationMs === null ? "" : ` in ${roughTime(durationMs)}`}${validity === null || validity === "valid" ? "" : `, ${validity}`}`

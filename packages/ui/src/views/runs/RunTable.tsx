import { pointText, type RunSummary } from "@sglang-studio/core/domain"
import { shortId } from "../../base/format.ts"
import type { RunFilter } from "../../base/runFilter.ts"
import { ago, duration, elapsed, moment } from "../../base/time.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import type { Marked } from "./useMarked.ts"

interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly cursor: number
  readonly marked: Marked
  readonly onNarrow: (change: RunFilter) => void
}

/** One page of runs. The campaign has a column only where a run of the page has one. */
export const RunTable = ({ runs, cursor, marked, onNarrow }: RunTableProps) => {
  const ids = runs.map((run) => run.id)
  const inCampaign = runs.some((run) => run.campaign !== null)
  const all = ids.every((id) => marked.ids.includes(id))
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Runs">
      <table class="rows runs">
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label="Mark every run of this page"
                checked={all}
                onChange={() => marked.toggleAll(ids)}
              />
            </th>
            <th>status</th>
            <th>run</th>
            <th>backend</th>
            <th>what was asked</th>
            {inCampaign && <th>campaign</th>}
            <th>validity</th>
            <th class="tags-cell">tags</th>
            <th class="number">took</th>
            <th class="number">when</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <Row
              key={run.id}
              run={run}
              cursor={index === cursor}
              place={marked.ids.indexOf(run.id)}
              inCampaign={inCampaign}
              onToggle={() => marked.toggle(run.id)}
              onNarrow={onNarrow}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly run: RunSummary
  readonly cursor: boolean
  /** Among the marked runs; -1 = not marked. */
  readonly place: number
  readonly inCampaign: boolean
  readonly onToggle: () => void
  readonly onNarrow: (change: RunFilter) => void
}

const Row = ({ run, cursor, place, inCampaign, onToggle, onNarrow }: RowProps) => {
  const took = run.imported === null ? elapsed(run.startedAt, run.finishedAt) : null
  const asked = askedText(run)
  return (
    <tr class={cursor ? "cursor" : ""} aria-selected={place >= 0 || cursor}>
      <td>
        <input type="checkbox" aria-label={`Mark run ${shortId(run.id)}`} checked={place >= 0} onChange={onToggle} />
        {place === 0 && <span class="faint base-mark">base</span>}
      </td>
      <td>
        <Badge kind={run.status} />
      </td>
      <td class="nowrap">
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
        <a href={`/runs/${run.id}`}>{asked}</a>
        {run.campaign?.phase === "warmup" && <span class="faint"> warm-up</span>}
        {run.error !== null && <span class="bad"> {run.error.code}</span>}
      </td>
      {inCampaign && (
        <td class="cut campaign-cell">
          {run.campaign !== null && (
            <a class="link" href={`/campaigns/${run.campaign.id}`} title={`Campaign ${run.campaign.id}`}>
              {run.campaign.suite}
            </a>
          )}
        </td>
      )}
      <td>
        {run.validity !== "valid" ? (
          <Badge kind={run.validity} />
        ) : (
          <span class="faint">{run.status === "succeeded" ? "valid" : "\u2014"}</span>
        )}
      </td>
      <td class="cut tags-cell">
        {run.tags.filter(isOwnTag).map((tag) => (
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

/** In a campaign, where it stands there says more than the flags that follow from it. */
const askedText = ({ title, campaign }: RunSummary): string =>
  campaign === null
    ? title
    : [campaign.case, pointText(campaign.point).replaceAll(",", " "), `#${campaign.repeat}`]
        .filter(Boolean)
        .join(" \u00b7 ")

// The campaign's column says so.
const isOwnTag = (tag: string): boolean => !tag.startsWith("suite:") && !tag.startsWith("campaign:")

import { pointText, type RunSummary } from "@sglang-studio/core/domain"
import type { ComponentChildren } from "preact"
import { plural, shortId } from "../../base/format.ts"
import { metricName } from "../../base/metricNames.ts"
import type { RunFilter } from "../../base/runFilter.ts"
import { ago, duration, elapsed, moment } from "../../base/time.ts"
import { Sparkline } from "../../charts/Sparkline.tsx"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Value } from "../../parts/Value.tsx"
import type { KeyTrail } from "./keyTrail.ts"

export type Narrow = (change: RunFilter) => void

/** A column of the runs. */
export interface RunColumn {
  /** In the head of the table, in the picker and in the address. */
  readonly name: string
  /** `chosen`: only where somebody asked for it. `fixed`: without it a row would say nothing. */
  readonly when: "fixed" | "usual" | "chosen"
  readonly look?: string
  /** Unless it was chosen, it is there only where some run of the page has something to show. */
  readonly has?: (run: RunSummary) => boolean
  readonly cell: (run: RunSummary, onNarrow: Narrow, trail: KeyTrail | undefined) => ComponentChildren
  readonly title?: (run: RunSummary) => string
}

const none = <span class="faint">{"\u2014"}</span>

/** Every column there is, in its place. */
export const runColumns: readonly RunColumn[] = [
  { name: "status", when: "usual", cell: ({ status }) => <Badge kind={status} /> },
  {
    name: "run",
    when: "fixed",
    look: "nowrap",
    cell: ({ id, pinned }) => (
      <>
        <a class="mono link" href={`/runs/${id}`} title={id}>
          {shortId(id)}
        </a>
        {pinned && <span title="pinned"> {"\u25c6"}</span>}
      </>
    )
  },
  { name: "kind", when: "chosen", look: "muted", cell: ({ kind }) => kind },
  {
    name: "backend",
    when: "usual",
    look: "cut backend-cell",
    cell: ({ backend, provenance, imported }, onNarrow) => (
      <>
        <button type="button" class="narrow-to" title={`Only ${backend}`} onClick={() => onNarrow({ backend })}>
          {backend}
        </button>{" "}
        <OriginBadges provenance={provenance} imported={imported} />
      </>
    )
  },
  { name: "adapter", when: "chosen", look: "muted nowrap", cell: ({ adapter }) => adapter },
  {
    name: "what was asked",
    when: "fixed",
    look: "cut asked-cell",
    title: ({ title }) => title,
    cell: (run) => (
      <>
        <a href={`/runs/${run.id}`}>{askedText(run)}</a>
        {run.campaign?.phase === "warmup" && <span class="faint"> warm-up</span>}
        {run.error !== null && <span class="bad"> {run.error.code}</span>}
      </>
    )
  },
  {
    name: "campaign",
    when: "usual",
    has: ({ campaign }) => campaign !== null,
    look: "cut campaign-cell",
    cell: ({ campaign }) =>
      campaign !== null && (
        <a class="link" href={`/campaigns/${campaign.id}`} title={`Campaign ${campaign.id}`}>
          {campaign.suite}
        </a>
      )
  },
  {
    name: "validity",
    when: "usual",
    cell: ({ validity, status }) =>
      validity !== "valid" ? (
        <Badge kind={validity} />
      ) : status === "succeeded" ? (
        <span class="faint">valid</span>
      ) : (
        none
      )
  },
  {
    name: "tags",
    when: "usual",
    look: "tags-cell nowrap",
    cell: ({ tags }, onNarrow) => {
      const own = tags.filter(isOwnTag)
      const shown = fitting(own)
      return (
        <>
          {shown.map((tag) => (
            <button
              type="button"
              key={tag}
              class="tag cut narrow-to"
              title={`Only ${tag}`}
              onClick={() => onNarrow({ tag })}
            >
              {tag}
            </button>
          ))}
          {shown.length < own.length && (
            <span class="faint" title={own.slice(shown.length).join(" ")}>
              +{own.length - shown.length}
            </span>
          )}
        </>
      )
    }
  },
  {
    name: "key metric",
    when: "usual",
    has: ({ keyMetric }) => keyMetric !== null,
    look: "number nowrap wide-only",
    cell: ({ id, keyMetric }, _, trail) =>
      keyMetric === null ? (
        none
      ) : (
        <>
          {trail !== undefined && (
            <Sparkline
              values={trail.values}
              at={trail.ids.indexOf(id)}
              label={`${plural(trail.ids.length, "run")} of this workload on this page`}
            />
          )}{" "}
          <span class="faint">{metricName(keyMetric.name).label}</span>{" "}
          <Value value={keyMetric.value} unit={keyMetric.unit} />
        </>
      )
  },
  { name: "note", when: "chosen", look: "cut note-cell muted", title: ({ note }) => note, cell: ({ note }) => note },
  {
    name: "workload",
    when: "chosen",
    look: "mono muted",
    title: ({ workloadHash }) => workloadHash,
    cell: ({ workloadHash }) => shortId(workloadHash)
  },
  {
    name: "took",
    when: "usual",
    look: "number muted nowrap",
    cell: ({ imported, startedAt, finishedAt }) => {
      const took = imported === null ? elapsed(startedAt, finishedAt) : null
      return took === null ? "\u2014" : duration(took)
    }
  },
  {
    name: "when",
    when: "usual",
    look: "number muted nowrap",
    title: ({ createdAt }) => moment(createdAt),
    cell: ({ createdAt }) => ago(createdAt)
  }
]

/** In a campaign, where it stands there says more than the flags that follow from it. */
const askedText = ({ title, campaign }: RunSummary): string =>
  campaign === null
    ? title
    : [campaign.case, pointText(campaign.point).replaceAll(",", " "), `#${campaign.repeat}`]
        .filter(Boolean)
        .join(" \u00b7 ")

/** The first ones that have room beside each other; the first of all is cut where it is too long. */
const fitting = (tags: readonly string[]): readonly string[] => {
  let room = 22
  return tags.filter((tag, index) => {
    room -= tag.length + 3
    return index === 0 || room >= 0
  })
}

// The campaign's column says so.
const isOwnTag = (tag: string): boolean => !tag.startsWith("suite:") && !tag.startsWith("campaign:")

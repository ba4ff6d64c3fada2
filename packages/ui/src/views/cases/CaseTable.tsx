import type { CaseVerdict, ParityCase } from "@sglang-studio/core/domain"
import { significant } from "../../base/format.ts"
import { ago, moment } from "../../base/time.ts"
import { isMock } from "../../model/backends.ts"
import { caseText } from "../../model/caseForm.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"

interface CaseTableProps {
  readonly listed: readonly ParityCase[]
  readonly cursor: number
  /** Id of the case in the editor. */
  readonly open: string | null
  readonly canRun: boolean
  readonly onOpen: (id: string) => void
  readonly onTag: (tag: string) => void
  readonly onRun: (id: string) => void
}

export const CaseTable = ({ listed, cursor, open, canRun, onOpen, onTag, onRun }: CaseTableProps) => (
  <div class="scroll-x" tabIndex={0} role="region" aria-label="Parity cases">
    <table class="rows case-table">
      <thead>
        <tr>
          <th>name</th>
          <th class="case-input">input</th>
          <th class="case-tags">tags</th>
          <th>last verdicts</th>
          <th>
            <span class="visually-hidden">run</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {listed.map((one, index) => (
          <tr key={one.id} class={index === cursor ? "cursor" : ""} aria-selected={one.id === open}>
            <th scope="row" class="cut case-name-cell" title={one.name}>
              <button type="button" class="cut case-name" onClick={() => onOpen(one.id)}>
                {one.name}
              </button>
            </th>
            <td class="cut case-input" title={caseText(one)}>
              <span class="tag">{"score" in one ? "score" : "generate"}</span>{" "}
              <span class="muted">{caseText(one)}</span>
            </td>
            <td class="cut case-tags" title={one.tags.join(" ")}>
              {one.tags.map((tag) => (
                <button
                  type="button"
                  key={tag}
                  class="tag case-tag"
                  title={`Show only ${tag}`}
                  onClick={() => onTag(tag)}
                >
                  {tag}
                </button>
              ))}
            </td>
            <td class="verdicts">
              {one.verdicts.length === 0 && <Badge kind="none" text="not run" />}
              {one.verdicts.map((verdict) => (
                <LastVerdict key={`${verdict.baseline} ${verdict.candidate}`} verdict={verdict} />
              ))}
            </td>
            <td class="number nowrap">
              <a
                class="button small"
                href={`/playground?case=${encodeURIComponent(one.name)}`}
                title="In the Playground"
              >
                Try
              </a>{" "}
              <button
                type="button"
                class="button small"
                disabled={!canRun}
                aria-label={`Run ${one.name}`}
                onClick={() => onRun(one.id)}
              >
                Run
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const LastVerdict = ({ verdict }: { verdict: CaseVerdict }) => (
  <a
    class="case-verdict"
    href={`/compare/${verdict.comparisonId}`}
    title={`${moment(verdict.at)}${verdict.maxAbsDelta === null ? "" : `, max |\u0394| ${verdict.maxAbsDelta}`}`}
  >
    <Badge kind={verdict.outcome} />
    <span class="nowrap">
      <span class="left side-ink">{verdict.baseline}</span> <span class="faint">{"\u2192"}</span>{" "}
      <span class="right side-ink">{verdict.candidate}</span>
    </span>
    {[verdict.baseline, verdict.candidate].some(isMock) && <OriginBadges provenance="mock" imported={null} />}
    {verdict.maxAbsDelta !== null && <span class="mono muted">{significant(verdict.maxAbsDelta)}</span>}
    <span class="faint nowrap">{ago(verdict.at)}</span>
  </a>
)

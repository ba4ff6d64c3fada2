import type { ConsistencyReport } from "@sglang-studio/core/domain"
import { useEffect, useMemo } from "preact/hooks"
import { ago, moment } from "../../base/time.ts"
import { followCheck } from "../../model/checkRun.ts"
import { lastOf } from "../../model/load.ts"
import { selfChecksOf } from "../../model/selfChecks.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Loading } from "../../parts/States.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { shellWord } from "../../base/shell.ts"
import { Command } from "../../parts/Command.tsx"
import { CheckProgress } from "../checks/CheckProgress.tsx"
import { ConsistencyTable } from "./ConsistencyTable.tsx"

/** What one backend owes itself, whatever another one says: the last report, those before it, and a new one. */
export const SelfConsistency = ({ name }: { name: string }) => {
  const reports = selfChecksOf(name)
  const check = useMemo(() => followCheck(() => void reports.refresh()), [reports])
  useEffect(() => check.dispose, [check])
  const run = () => void check.start({ backends: [name], self: true })
  const load = reports.load.value
  const items = lastOf(load)?.items ?? []
  const asked = query.value.get("report")
  const shown = items.find((one) => one.id === asked) ?? items[0] ?? null
  const state = check.state.value
  const unchecked = load.state === "ready" && shown === null
  return (
    <section class={`card ${unchecked ? "unchecked" : ""}`} aria-label={`Self-consistency of ${name}`}>
      <div class="card-head">
        <h2>{name}</h2>
        <span class="note">{unchecked ? "never checked against itself" : "against itself"}</span>
        {shown !== null && <Badge kind={shown.outcome} />}
        <History items={items} shown={shown} />
        {unchecked && <Command text={`studio parity --backend ${shellWord(name)} --self`} />}
        <button type="button" class="button push" disabled={state?.status === "running"} onClick={run}>
          {state?.status === "running" ? "Checking\u2026" : "Check against itself"}
        </button>
      </div>
      {(check.problem.value !== null || (state !== null && state.status !== "done")) && (
        <CheckProgress check={check} onAgain={run} />
      )}
      {!unchecked && (
        <Loading load={load} onRetry={() => void reports.refresh()} lines={2}>
          {() => shown !== null && <ConsistencyTable report={shown} />}
        </Loading>
      )}
    </section>
  )
}

const History = ({ items, shown }: { items: readonly ConsistencyReport[]; shown: ConsistencyReport | null }) =>
  items.length < 2 ? (
    <span class="faint small-text">{shown !== null && ago(shown.createdAt)}</span>
  ) : (
    <ol class="history" aria-label="Earlier reports">
      {items.slice(0, 12).map((one) => (
        <li key={one.id}>
          <button
            type="button"
            aria-pressed={one === shown}
            title={moment(one.createdAt)}
            aria-label={`${ago(one.createdAt)}: ${one.outcome}, report of ${moment(one.createdAt)}`}
            onClick={() => setQuery({ report: one === items[0] ? null : one.id })}
          >
            <Badge kind={one.outcome} text={ago(one.createdAt)} />
          </button>
        </li>
      ))}
    </ol>
  )

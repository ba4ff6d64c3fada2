import type { BackendInfo } from "@sglang-studio/core/domain"
import { useRef, useState } from "preact/hooks"
import { toProblem } from "../../api/problem.ts"
import { ago, moment } from "../../base/time.ts"
import { backends, isMock, probeBackend, probing } from "../../model/backends.ts"
import { lastOf } from "../../model/load.ts"
import { selfChecksOf } from "../../model/selfChecks.ts"
import { notify } from "../../model/notice.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Empty, Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { AddBackend } from "../playground/BackendPicker.tsx"
import { systemText } from "../compare/ArmsBar.tsx"
import { SelfConsistency } from "./SelfConsistency.tsx"
import "../playground/playground.css"
import "./backends.css"

export const BackendList = () => {
  useCrumbs({ trail: [], title: "Backends" })
  const [adding, setAdding] = useState(false)
  return (
    <>
      <section class="card">
        <div class="card-head">
          <h2>Backends</h2>
          <span class="push spread">
            <button type="button" class="button" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              + Add
            </button>
          </span>
        </div>
        {adding && (
          <div class="card-body add-line">
            <AddBackend onAdded={() => setAdding(false)} onClose={() => setAdding(false)} />
          </div>
        )}
        <Loading load={backends.load.value} onRetry={() => void backends.refresh()}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title="No backend is known"
                command="studio score --backend jax=http://127.0.0.1:30000 --query Q --item A --label ' yes'"
              >
                Add a running server or a mock above, or write it into studio.config.yaml.
              </Empty>
            ) : (
              <div class="scroll-x" tabIndex={0} role="region" aria-label="Backends">
                <table class="rows">
                  <thead>
                    <tr>
                      <th>name</th>
                      <th>state</th>
                      <th>server</th>
                      <th>model</th>
                      <th>can do now</th>
                      <th class="number">asked</th>
                      <th>
                        <span class="visually-hidden">ask</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((backend) => (
                      <Row key={backend.name} backend={backend} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loading>
      </section>
      <SelfChecks names={(lastOf(backends.load.value)?.items ?? []).map(({ name }) => name)} />
    </>
  )
}

/** Those with a report first; at first all at once, since one that comes late would push the others around. */
const SelfChecks = ({ names }: { names: readonly string[] }) => {
  const shown = useRef(false)
  const loads = new Map(names.map((name) => [name, selfChecksOf(name).load.value]))
  shown.current ||= loads.size > 0 && [...loads.values()].every(({ state }) => state !== "loading")
  if (!shown.current) return null
  const isChecked = (name: string): boolean => {
    const load = loads.get(name)
    return load !== undefined && (lastOf(load)?.items.length ?? 0) > 0
  }
  return (
    <div class="self-checks">
      {names
        .toSorted((a, b) => Number(isChecked(b)) - Number(isChecked(a)))
        .map((name) => (
          <SelfConsistency key={name} name={name} />
        ))}
    </div>
  )
}

/** What was not said already. */
const moreThan = (said: string, words: string): string =>
  words
    .split(" \u00b7 ")
    .filter((word) => !said.includes(word))
    .join(" \u00b7 ")

const Row = ({ backend }: { backend: BackendInfo }) => {
  const { probe } = backend
  const asking = probing.value.has(backend.name)
  const ask = () => probeBackend(backend.name).catch((thrown: unknown) => notify(toProblem(thrown).detail, "bad"))
  return (
    <tr>
      <th scope="row" class="nowrap">
        <strong>{backend.name}</strong> <span class="faint">{backend.adapter}</span>{" "}
        {isMock(backend.name) && <OriginBadges provenance="mock" imported={null} />}
        {backend.url !== null && <code class="faint address">{backend.url}</code>}
      </th>
      <td>
        {probe === null ? (
          <Badge kind="none" text="not asked" />
        ) : probe.reachable ? (
          <Badge kind="pass" text="reachable" />
        ) : (
          <Badge kind="fail" text="unreachable" />
        )}
      </td>
      <td class="server-cell" title={probe?.decidedBy}>
        {probe?.server ?? "\u2014"}{" "}
        {probe?.fingerprint && <code class="muted">{moreThan(probe.server, systemText(probe))}</code>}
        {probe?.notes.map((note) => (
          <div key={note} class="muted small-text">
            {note}
          </div>
        ))}
      </td>
      <td class="mono cut model-cell" title={probe?.fingerprint?.model ?? undefined}>
        {probe?.fingerprint?.model ?? "\u2014"}
        {probe?.fingerprint?.device != null && <div class="muted small-text">{probe.fingerprint.device}</div>}
      </td>
      <td class="abilities">
        {probe?.capabilities.map((one) => (
          <span
            key={one.operation}
            class={one.available ? "" : "faint off"}
            title={`${one.operation}: ${one.evidence}`}
          >
            <span aria-hidden="true">{one.available ? "\u2713" : "\u2715"}</span>
            <span class="visually-hidden">{one.available ? "can" : "cannot"}</span> {one.operation}
          </span>
        ))}
      </td>
      <td class="number muted nowrap" title={probe === null ? undefined : moment(probe.at)}>
        {probe === null ? "\u2014" : ago(probe.at)}
      </td>
      <td class="number">
        <button type="button" class="button small" disabled={asking} onClick={() => void ask()}>
          {asking ? "Asking\u2026" : "Ask now"}
        </button>
      </td>
    </tr>
  )
}

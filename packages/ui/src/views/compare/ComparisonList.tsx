import { isFinished } from "@sglang-studio/core/domain"
import { useEffect, useMemo } from "preact/hooks"
import { api } from "../../api/client.ts"
import { plural } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { ago, moment } from "../../base/time.ts"
import { onLive, onResume } from "../../model/live.ts"
import { lastOf, loaded } from "../../model/load.ts"
import { Badge, OriginBadges } from "../../parts/Badge.tsx"
import { Empty, Loading } from "../../parts/States.tsx"
import { useCrumbs } from "../../shell/crumbs.ts"
import { useRowKeys } from "../../shell/rowKeys.ts"
import { navigate } from "../../shell/router.ts"
import { Sentence } from "./VerdictBlock.tsx"

export const ComparisonList = () => {
  useCrumbs({ trail: [], title: "Compare" })
  const list = useMemo(() => loaded(() => api.listComparisons()), [])
  useEffect(() => onResume(() => void list.refresh()), [list])
  // Whoever compares does so when runs have finished.
  useEffect(
    () => onLive(({ event }) => event.type === "status" && isFinished(event.status) && void list.refresh()),
    [list]
  )
  const load = list.load.value
  const items = lastOf(load)?.items ?? []
  const cursor = useRowKeys(items.length, (index) => navigate(`/compare/${items[index]?.id}`))
  return (
    <section class="card">
      <div class="card-head">
        <h2>Comparisons</h2>
        <span class="note">{load.state === "ready" && plural(items.length, "stored comparison")}</span>
        <a class="button push" href="/playground">
          New in the Playground
        </a>
      </div>
      <Loading load={load} onRetry={() => void list.refresh()}>
        {() =>
          items.length === 0 ? (
            <Empty
              title="Nothing has been compared yet"
              command="studio score --backend pt=http://127.0.0.1:30001 --backend jax=http://127.0.0.1:30000 --query Q --item A --item B --label ' yes' --label ' no'"
            >
              Run one request on two backends in the Playground, mark two runs in{" "}
              <a class="link" href="/runs">
                Runs
              </a>{" "}
              and press c, or use the command line:
            </Empty>
          ) : (
            <table class="rows comparisons">
              <thead>
                <tr>
                  <th>verdict</th>
                  <th>arms</th>
                  <th>what it says</th>
                  <th class="number">when</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one, index) => (
                  <tr key={one.id} class={index === cursor ? "cursor" : ""} aria-selected={index === cursor}>
                    <td>
                      <Badge kind={one.outcome} />
                    </td>
                    <td class="nowrap">
                      {one.arms.map((arm, side) => (
                        <span key={arm.label}>
                          {side > 0 && <span class="faint"> {"\u2192"} </span>}
                          <span class={`mono-name ${sideOf(side)} side-ink`}>{arm.label}</span>
                        </span>
                      ))}{" "}
                      {one.provenances.map((provenance) => (
                        <OriginBadges key={provenance} provenance={provenance} imported={null} />
                      ))}
                    </td>
                    <td class="sentence">
                      <a href={`/compare/${one.id}`}>
                        <Sentence text={one.sentence} labels={one.arms.map((arm) => arm.label)} />
                      </a>
                    </td>
                    <td class="number muted nowrap" title={moment(one.createdAt)}>
                      {ago(one.createdAt)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loading>
    </section>
  )
}

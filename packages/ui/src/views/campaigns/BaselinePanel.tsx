import type { Baseline } from "@sglang-studio/core/domain"
import { count, plural, shortId } from "../../base/format.ts"
import { ago, moment } from "../../base/time.ts"
import { baselines } from "../../model/baselines.ts"
import { lastOf } from "../../model/load.ts"

/** What later campaigns are held to: who made it so, when and why. */
export const BaselinePanel = () => {
  const items = lastOf(baselines().load.value)?.items ?? []
  const groups = [...Map.groupBy(items, promotion).values()]
  return (
    <section class="card" aria-labelledby="baselines-title">
      <div class="card-head">
        <h2 id="baselines-title">Baselines</h2>
        <span class="note">
          {groups.length === 0
            ? "none yet: promote a campaign whose runs are the ones to hold to"
            : plural(groups.length, "promotion")}
        </span>
      </div>
      {groups.length > 0 && (
        <div class="scroll-x" tabIndex={0} role="region" aria-label="Baselines in use">
          <table class="rows">
            <thead>
              <tr>
                <th>name</th>
                <th>suite</th>
                <th>backend</th>
                <th class="number">cells</th>
                <th class="number">runs</th>
                <th>reason</th>
                <th>by</th>
                <th>from</th>
                <th class="number">when</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Row key={group[0]?.id} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** Cells that were promoted together are told together. */
const promotion = ({ name, suite, backend, campaign, promotedAt }: Baseline): string =>
  [name, suite, backend, campaign, promotedAt].join(" ")

const Row = ({ group }: { group: readonly Baseline[] }) => {
  const [first] = group
  if (first === undefined) return null
  return (
    <tr>
      <td>
        <strong>{first.name}</strong>
      </td>
      <td>{first.suite}</td>
      <td class="nowrap">{first.backend}</td>
      <td class="number">{count(group.length)}</td>
      <td class="number">{count(group.reduce((sum, one) => sum + one.runIds.length, 0))}</td>
      <td>{first.reason}</td>
      <td class="nowrap">{first.author}</td>
      <td>
        <a class="link mono" href={`/campaigns/${first.campaign}`}>
          {shortId(first.campaign)}
        </a>
      </td>
      <td class="number muted nowrap" title={moment(first.promotedAt)}>
        {ago(first.promotedAt)}
      </td>
    </tr>
  )
}

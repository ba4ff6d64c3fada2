import { shortId } from "../../base/format.ts"
import { ago } from "../../base/time.ts"
import { campaignList } from "../../model/campaigns.ts"
import { lastOf } from "../../model/load.ts"

interface EarlierSuitesProps {
  /** Id of a campaign; empty: none. */
  readonly chosen: string
  readonly onChoose: (campaign: string) => void
}

/** The suites that were run before, each as its newest campaign had it. */
export const EarlierSuites = ({ chosen, onChoose }: EarlierSuitesProps) => {
  const known = lastOf(campaignList().load.value)?.items ?? []
  const offered = known.filter(
    ({ id, suite }, index) => id === chosen || known.findIndex((one) => one.suite === suite) === index
  )
  if (offered.length === 0) return null
  return (
    <select
      class="picker"
      aria-label="Suite of an earlier campaign"
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">of an earlier campaign{"\u2026"}</option>
      {offered.map(({ id, suite, createdAt }) => (
        <option key={id} value={id}>
          {suite}, campaign {shortId(id)}, {ago(createdAt)}
        </option>
      ))}
    </select>
  )
}

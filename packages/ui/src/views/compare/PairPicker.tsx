import type { ComparedPair } from "@sglang-studio/core/domain"
import { significant } from "../../base/format.ts"

/** Picks one request of the comparison; each says how far its sides are apart. */
export const PairPicker = ({
  label,
  pairs,
  value,
  onChoose
}: {
  label: string
  pairs: readonly ComparedPair[]
  value: string
  onChoose: (value: string) => void
}) => (
  <select class="picker" aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
    {pairs.map((pair) => (
      <option key={pair.case} value={pair.case}>
        {pair.case}
        {pair.maxAbsDelta === null ? "" : ` \u00b7 max |\u0394| ${significant(pair.maxAbsDelta)}`}
        {pair.rankFlip ? " \u00b7 order changes" : ""}
      </option>
    ))}
  </select>
)

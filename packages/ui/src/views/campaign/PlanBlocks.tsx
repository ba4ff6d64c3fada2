import type { PlannedRun } from "@sglang-studio/core/domain"
import type { JSX } from "preact"

interface Props<Run extends PlannedRun> {
  readonly label: string
  readonly runs: readonly Run[]
  readonly slot: (run: Run) => JSX.Element
}

/** The runs of a plan in their order, a row for each block. */
export const PlanBlocks = <Run extends PlannedRun>({ label, runs, slot }: Props<Run>) => (
  <div class="plan-frame" tabIndex={0} role="region" aria-label={label}>
    <table class="plan">
      <tbody>
        {[...Map.groupBy(runs, ({ block }) => block)].map(([block, inBlock]) => (
          <tr key={block}>
            <th scope="row" class="faint">
              block {block}
            </th>
            <td>
              <div class="slots">{inBlock.map(slot)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

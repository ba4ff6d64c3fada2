import type { SkippedRun } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"

/** What a plan leaves out, each reason once. */
export const LeftOut = ({ skipped }: { skipped: readonly SkippedRun[] }) =>
  skipped.length === 0 ? null : (
    <ul class="skipped" aria-label="Left out">
      {[...Map.groupBy(skipped, (one) => one.reason)].map(([reason, left]) => (
        <li key={reason}>
          <details>
            <summary>
              <span class="link">{plural(left.length, "entry was left out", "entries were left out")}</span>: {reason}
            </summary>
            <p class="mono muted">{left.map((one) => one.key).join(", ")}</p>
          </details>
        </li>
      ))}
    </ul>
  )

import type { Confirmation, Divergence } from "@sglang-studio/core/domain"
import { causeMeaning } from "../../base/causes.ts"
import { flatten, jsonText } from "../../base/flatten.ts"
import { significant } from "../../base/format.ts"
import { Badge } from "../../parts/Badge.tsx"

/** Why the sides part, what says so, and what would confirm it. */
export const Cause = ({ divergence }: { divergence: Divergence }) => (
  <div class="cause">
    <p>
      <Badge kind="fail" text={divergence.cause} /> {causeMeaning(divergence.cause)}
    </p>
    <dl class="evidence">
      {flatten(divergence.evidence).map(([path, value]) => (
        <div key={path}>
          <dt class="muted">{path.replaceAll("_", " ")}</dt>
          <dd class="mono">
            {typeof value === "number" ? (
              <span class="nowrap" title={String(value)}>
                {significant(value)}
              </span>
            ) : (
              jsonText(value)
            )}
          </dd>
        </div>
      ))}
    </dl>
    {divergence.confirm.length > 0 && (
      <>
        <h3 class="muted">What would confirm it</h3>
        <ul class="confirm">
          {divergence.confirm.map((one) => (
            <li key={one.action}>
              <span>{one.action}</span>
              <Status status={one.status} />
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
)

const Status = ({ status }: { status: Confirmation["status"] }) => {
  switch (status) {
    case "confirmed":
      return <Badge kind="pass" text="confirmed" />
    case "refuted":
      return <Badge kind="fail" text="refuted" />
    case "suggested":
    case "unavailable":
      return <Badge kind="none" text={status === "suggested" ? "not run" : "unavailable"} />
  }
}
